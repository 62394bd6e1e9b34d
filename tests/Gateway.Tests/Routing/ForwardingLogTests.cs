using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Logging;
using Platform.Hosting.Defaults;
using Platform.TestKit;

namespace Platform.Gateway.Tests.Routing;

/// <summary>An address may open something by what stands in its query; no log of the gateway has it, whatever it is told to write.</summary>
public sealed class ForwardingLogTests
{
    private const string Secret = "what-opens-it";

    [Fact]
    public async Task Paths_are_written_and_queries_are_not()
    {
        using var log = new Log();
        await using var replica = await Replica.StartAsync();
        await using var gateway = await TestHost.StartAsync(
            builder =>
            {
                builder.AddPlatformDefaults(GatewayService.Name).AddGateway();
                builder.Logging.AddProvider(log);
            },
            app => app.MapPlatformDefaults().MapGateway(),
            Edge.Setting("Registry", replica.Address), Edge.Setting("Inference", new Uri("http://127.0.0.1:9")), new("Logging:LogLevel:Default", "Trace"));

        await gateway.Http.GetAsync($"/v1/models?signature={Secret}").JsonAsync();
        await gateway.Http.GetAsync($"/v2/models/away?signature={Secret}").JsonAsync(HttpStatusCode.BadGateway);

        Assert.Contains(log.Lines, line => line.Contains("GET /v2/models/away", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, line => line.Contains(Secret, StringComparison.Ordinal));
    }

    private sealed class Log : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IReadOnlyList<string> Lines => [.. _lines];

        public ILogger CreateLogger(string categoryName) => this;

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
