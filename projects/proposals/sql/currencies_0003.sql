-- A project is in the currency of its call, which calls.0003 has mended.
UPDATE proposals_project SET currency = calls_call.currency FROM calls_call
 WHERE calls_call.id = call_id AND proposals_project.currency <> calls_call.currency;
