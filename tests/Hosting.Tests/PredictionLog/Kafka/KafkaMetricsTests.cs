using System.Diagnostics.Metrics;
using Platform.Hosting.PredictionLog.Kafka;

namespace Platform.Hosting.Tests.PredictionLog.Kafka;

public sealed class KafkaMetricsTests
{
    [Fact]
    public void The_numbers_of_one_look_add_up_while_records_come_in()
    {
        var (seen, own, thread) = (new Dictionary<string, long>(), false, Environment.CurrentManagedThreadId);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (own && Environment.CurrentManagedThreadId == thread) listener.EnableMeasurementEvents(instrument); // not those of other tests
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => seen[instrument.Name.Split('.')[^1]] = value);
        listener.Start();
        own = true;
        using var metrics = new KafkaMetrics(new StandingTime());
        own = false;
        var accepted = 100L;
        metrics.Forwarder = () => new ForwardTotals(++accepted, 50, accepted - 50, 0);

        listener.RecordObservableInstruments();

        Assert.Equal(seen["accepted"], seen["delivered"] + seen["spooled"] + seen["dropped"]);
    }

    private sealed class StandingTime : TimeProvider
    {
        public override long GetTimestamp() => 1;
    }
}
