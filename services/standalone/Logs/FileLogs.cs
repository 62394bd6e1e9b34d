using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Platform.Standalone.Logs;

/// <summary>
/// Keeps the terminal for people: it shows one line for each warning, on standard error; everything goes as JSON lines into
/// <c>DATA/logs</c>.
/// </summary>
internal static class FileLogs
{
    public static void AddFileLogs(this WebApplicationBuilder builder, string data)
    {
        var logging = builder.Logging;
        logging.AddSimpleConsole(format => format.SingleLine = true);
        logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        logging.SetMinimumLevel(LogLevel.Warning).AddFilter<Provider>("Platform", LogLevel.Information);
        logging.Services.AddSingleton<ILoggerProvider>(services => new Provider(
            services.GetServices<ConsoleFormatter>().Single(formatter => formatter.Name == ConsoleFormatterNames.Json),
            new LogFile(Path.Combine(data, "logs"))));
    }

    /// <summary>Writes every entry with the console's own JSON formatter, so that both say the same.</summary>
    private sealed class Provider(ConsoleFormatter formatter, LogFile file) : ILoggerProvider, ISupportExternalScope
    {
        private IExternalScopeProvider? _scopes;

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

        public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

        public void Dispose() => file.Dispose();

        private void Write<TState>(in LogEntry<TState> entry)
        {
            using var text = new StringWriter();
            formatter.Write(entry, _scopes, text);
            file.Append(text.ToString());
        }

        private sealed class Logger(Provider provider, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state) where TState : notnull => provider._scopes?.Push(state);

            public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

            public void Log<TState>(
                LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                provider.Write(new LogEntry<TState>(logLevel, category, eventId, state, exception, formatter));
        }
    }
}
