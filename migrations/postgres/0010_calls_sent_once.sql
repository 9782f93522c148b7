-- What the form of the last call called itself: where it is sent again, since no answer came, the call isn't logged twice.
ALTER TABLE last_calls ADD COLUMN once TEXT NOT NULL DEFAULT '';
