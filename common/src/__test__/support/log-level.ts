// Imported before the logger, which reads the level once.
process.env.LOG_LEVEL = 'trace';
