"""Painted scenes of Aldermere: the same bytes for the same name, drawn without any file of others."""

from civic.demo.pictures.scenes import SCENES, caption, paint
