using System.Diagnostics.Metrics;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Contracts.Registry;
using Platform.Hosting.Messaging;
using Platform.TestKit;

namespace Platform.Hosting.Tests.Messaging;

/// <summary>What dashboards rely on: MassTransit 8.5.12 makes its instruments once in a process, with the first bus, and later buses count on them.</summary>
public sealed class BusMeterTests : IDisposable
{
    private const string Consumed = "messaging.masstransit.consume";

    private readonly HashSet<Instrument> _instruments = [];
    private readonly MeterListener _listener = new();
    private long _counted;

    public BusMeterTests()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name != "MassTransit" || instrument.Name != Consumed) return;
            lock (_instruments) _instruments.Add(instrument);
            listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            foreach (var tag in tags)
                if (tag.Value is string name && name.Contains(nameof(CountedConsumer), StringComparison.Ordinal)) Interlocked.Add(ref _counted, value);
        });
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task A_second_bus_in_a_process_counts_on_the_instruments_of_the_first()
    {
        for (var bus = 1; bus <= 2; bus++)
        {
            await using var app = await StartAsync();
            await app.Services.GetRequiredService<IBus>().Publish(new ModelPromoted { Model = "credit", Version = $"{bus}" });
            await Eventually.TrueAsync(() => Interlocked.Read(ref _counted) == bus, $"bus {bus} counts what it has consumed");
        }

        Assert.Single(_instruments);
    }

    private static async Task<WebApplication> StartAsync()
    {
        var builder = WebApplication.CreateBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        builder.AddPlatformMessaging(
            new ServiceMessaging("counted", bus => bus.AddConsumer<CountedConsumer>().Endpoint(endpoint => endpoint.Name = "counted-on-promoted")));
        var app = builder.Build();
        await app.StartAsync();
        return app;
    }

    private sealed class CountedConsumer : IConsumer<ModelPromoted>
    {
        public Task Consume(ConsumeContext<ModelPromoted> context) => Task.CompletedTask;
    }
}
