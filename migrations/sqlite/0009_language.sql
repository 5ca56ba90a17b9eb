-- In which language somebody reads, as they chose it (BCP 47); none: as their browser asks.
ALTER TABLE users ADD COLUMN language TEXT CHECK (language IN ('en', 'pt-BR', 'es'));

-- In which language a report is sent: that of whoever saved it last.
ALTER TABLE schedules ADD COLUMN language TEXT CHECK (language IN ('en', 'pt-BR', 'es'));

-- In which language the health check reports: that of whoever saved the parameters last.
ALTER TABLE parameters ADD COLUMN language TEXT CHECK (language IN ('en', 'pt-BR', 'es'));
