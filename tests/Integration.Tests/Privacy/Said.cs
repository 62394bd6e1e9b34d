using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Platform.Integration.Tests.Privacy;

/// <summary>Everything that a process says: every log entry at every level, whole, with its values, scopes and exceptions.</summary>
internal sealed class Said : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentQueue<string> _lines = [];
    private IExternalScopeProvider? _scopes;

    public IReadOnlyCollection<string> Lines => _lines;

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
    }

    private sealed class Logger(Said said, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => said._scopes?.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var line = new StringBuilder($"{logLevel} {category}: {formatter(state, exception)}");
            if (state is IEnumerable<KeyValuePair<string, object?>> values)
                foreach (var (name, value) in values) line.Append($" | {name}={value}");
            said._scopes?.ForEachScope((scope, text) => text.Append($" | {scope}"), line);
            if (exception is not null) line.Append($" | {exception}");
            said._lines.Enqueue(line.ToString());
        }
    }
}
