-- Who may read a dataset is told as its words are (told_0006.sql): the newest event about it is an edit of this column.
-- By one statement what was given to few would be open to everybody.
DROP TRIGGER catalogue_dataset_told ON catalogue_dataset;
CREATE TRIGGER catalogue_dataset_told BEFORE UPDATE ON catalogue_dataset FOR EACH ROW
    WHEN ((OLD.title, OLD.description, OLD.keywords, OLD.theme, OLD.frequency, OLD.licence, OLD.high_value_category,
           OLD.access_level, OLD.area_id, OLD.first_day, OLD.last_day) IS DISTINCT FROM
          (NEW.title, NEW.description, NEW.keywords, NEW.theme, NEW.frequency, NEW.licence, NEW.high_value_category,
           NEW.access_level, NEW.area_id, NEW.first_day, NEW.last_day))
    EXECUTE FUNCTION catalogue_dataset_told();
