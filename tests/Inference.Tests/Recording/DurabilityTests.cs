using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Platform.Contracts.Inference;
using Platform.Contracts.Registry;
using Platform.Hosting.PredictionLog;
using Platform.TestKit;
using Platform.TestModels;
using static Platform.Inference.Tests.Jobs.JobClient;

namespace Platform.Inference.Tests.Recording;

/// <summary>Models whose answers go out when their records are on the disk. The interval is longer than any test waits.</summary>
public sealed class DurabilityTests
{
    private const string Row = """{"inputs":[{"name":"x","shape":[1,3],"datatype":"FP32","data":[1,2,3]}]}""";

    private static readonly KeyValuePair<string, string?> Interval = new("PredictionLog:CommitInterval", "01:00:00");
    private static readonly VersionMetadata Synchronous = new() { Logging = new LoggingPolicy { Durability = "synchronous" } };

    [Fact]
    public async Task An_answer_goes_out_when_its_record_is_on_the_disk()
    {
        await using var host = await InferenceHost.StartAsync(registry => registry.Deploy("m", "1", TinyModels.Linear(), metadata: Synchronous), Interval);
        var log = host.Services.GetRequiredService<IPredictionLogReader>();

        await host.InferAsync("m", Row);

        Assert.False(log.IsEnd(LogPosition.Beginning));
        var record = Assert.Single(await host.ReadLogAsync(1));
        Assert.Equal(PredictionStatus.Succeeded, record.Data.Status);
        Assert.InRange(record.Data.Timings.TotalMicros, 1, 1_000_000_000);
    }

    [Fact]
    public async Task Each_of_many_has_one_record()
    {
        await using var host = await InferenceHost.StartAsync(registry => registry.Deploy("m", "1", TinyModels.Linear(), metadata: Synchronous), Interval);

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => host.InferAsync("m", Row)));

        Assert.Equal(50, (await host.ReadLogAsync(50)).Select(record => record.Id).Distinct().Count());
    }

    [Fact]
    public async Task What_cannot_be_recorded_is_not_answered_and_other_models_are()
    {
        var log = new RefusingLog();
        await using var host = await InferenceHost.StartWithAsync(
            services => services.AddSingleton<IPredictionLogWriter>(provider => log.Over(provider.GetRequiredService<IPredictionLogReader>())),
            registry =>
            {
                registry.Deploy("m", "1", TinyModels.Linear(), metadata: Synchronous);
                registry.Deploy("other", "1", TinyModels.Linear());
            }, Interval);

        log.Refuses = true;
        var refused = await host.InferAsync("m", Row, HttpStatusCode.ServiceUnavailable);
        await host.InferAsync("other", Row);
        log.Refuses = false;
        await host.InferAsync("m", Row);

        // The first was recorded before the disk refused, and may be read.
        Assert.Equal(2, (await host.ReadLogAsync(records => records.Count(record => record.Subject == "m") >= 2)).Count(record => record.Subject == "m"));
        Assert.Contains("could not be brought to the disk", (string?)refused["error"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_waits_for_the_disk_and_is_recorded_once()
    {
        var log = new RefusingLog();
        await using var host = await InferenceHost.StartWithAsync(
            services => services.AddSingleton<IPredictionLogWriter>(provider => log.Over(provider.GetRequiredService<IPredictionLogReader>())),
            registry => registry.Deploy("m", "1", TinyModels.Linear(), metadata: Synchronous), Interval);

        log.Refuses = true;
        var id = await host.Http.AcceptedAsync("m", Row);
        await Eventually.TrueAsync(() => log.Refused > 2, "the job asks for the disk again and again");
        log.Refuses = false;
        await host.Http.JobAsync(id, "succeeded");
        await host.InferAsync("m", Row);

        Assert.Equal(2, (await host.ReadLogAsync(2)).Select(record => record.Id).Distinct().Count());
        Assert.Equal(2, log.Appended);
    }

    /// <summary>The log itself, whose disk refuses what it is told to.</summary>
    private sealed class RefusingLog : IPredictionLogWriter
    {
        private IPredictionLogWriter? _log;

        public volatile bool Refuses;
        private int _refused;
        private int _appended;

        public int Refused => Volatile.Read(ref _refused);

        public int Appended => Volatile.Read(ref _appended);

        public RefusingLog Over(object log)
        {
            _log = (IPredictionLogWriter)log;
            return this;
        }

        public void Append(ReadOnlySpan<byte> record)
        {
            Interlocked.Increment(ref _appended);
            _log!.Append(record);
        }

        public ValueTask DurableAsync(CancellationToken cancellationToken)
        {
            if (!Refuses) return _log!.DurableAsync(cancellationToken);
            Interlocked.Increment(ref _refused);
            return ValueTask.FromException(new IOException("Input/output error"));
        }
    }
}
