namespace Ecert.Standalone;

/// <summary>Every part's log in one file, a line each, so that the console is the journey's.</summary>
internal sealed class FileLog(string path) : ILoggerProvider
{
    private readonly Lock _lock = new();
    private readonly StreamWriter _writer = new(path) { AutoFlush = true };

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    public void Dispose()
    {
        lock (_lock)
            _writer.Dispose();
    }

    private void Write(string line)
    {
        lock (_lock)
            if (_writer.BaseStream is { CanWrite: true })
                _writer.WriteLine(line);
    }

    private sealed class Category(FileLog log, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            log.Write($"{logLevel,-11} {name}: {formatter(state, exception)}{Below(exception)}");

        private static string Below(Exception? exception) =>
            exception is null ? "" : Environment.NewLine + exception;
    }
}
