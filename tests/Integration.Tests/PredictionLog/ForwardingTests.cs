using System.Text;
using Confluent.Kafka;
using Platform.Integration.Tests.Servers;
using Platform.TestKit;

namespace Platform.Integration.Tests.PredictionLog;

[Collection(MockKafkaCollection.Name)]
public sealed class ForwardingTests(MockKafkaServer kafka) : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _topic = $"topic-{Guid.NewGuid():n}";

    private KeyValuePair<string, string?>[] Settings =>
    [
        new("PredictionLog:Kafka:BootstrapServers", kafka.BootstrapServers),
        new("PredictionLog:Kafka:Topic", _topic),
        new("PredictionLog:Kafka:CreateTopic", "false"), // the mock cluster makes it at first use
    ];

    [Fact]
    public async Task Records_arrive_keyed_by_model_as_CloudEvents()
    {
        await using var writer = await WritingProcess.StartAsync(_folder.Path, Settings);
        writer.Append(0, 1);
        var state = new ReadState();
        await using var reader = ReadingProcess.Start(state, Settings);
        await state.AtLeastAsync(1);

        var message = Consume(state.Entries[0].Position.Token);

        Assert.Equal("credit", message.Key);
        Assert.Equal("application/cloudevents+json; charset=UTF-8", Header(message, "content-type"));
        Assert.Equal("predictions.prediction-logged.v1", Header(message, "ce_type"));
        Assert.Equal("0", Header(message, "ce_id"));
        Assert.Contains("\"sequence\":\"00000000000000000001\"}", message.Value);
    }

    [Fact]
    public async Task While_the_broker_is_away_records_wait_on_disk_and_then_arrive_complete_and_in_order()
    {
        var state = new ReadState();
        await using var reader = ReadingProcess.Start(state, Settings);
        await using var writer = await WritingProcess.StartAsync(_folder.Path, Settings);
        writer.Append(0, 500);
        await state.AtLeastAsync(500);

        await kafka.TakeDownAsync();
        writer.Append(500, 3000);
        await Eventually.TrueAsync(() => writer.Totals is { Accepted: 3500, Spooled: > 2900 }, "records wait on disk");
        await kafka.BringUpAsync();
        await state.AtLeastAsync(3500);

        state.AssertCompleteAndOrdered(3500);
        await AccountAsync(writer, accepted: 3500, delivered: 3500);
    }

    [Fact]
    public async Task A_forwarder_that_starts_again_goes_on_and_what_it_repeats_is_read_once()
    {
        var state = new ReadState();
        await using var reader = ReadingProcess.Start(state, Settings);
        await using (var first = await WritingProcess.StartAsync(_folder.Path, Settings))
        {
            first.Append(0, 400);
            await state.AtLeastAsync(400);
            await AccountAsync(first, accepted: 400, delivered: 400);
        }
        WritingProcess.ForgetTheMark(_folder);

        await using var second = await WritingProcess.StartAsync(_folder.Path, Settings);
        second.Append(400, 100);
        await state.AtLeastAsync(500);

        state.AssertCompleteAndOrdered(500);
        await AccountAsync(second, accepted: 500, delivered: 500);
    }

    [Fact]
    public async Task A_reader_that_starts_again_goes_on_behind_the_position_it_stored()
    {
        var state = new ReadState();
        await using var writer = await WritingProcess.StartAsync(_folder.Path, Settings);
        writer.Append(0, 300);
        await using (ReadingProcess.Start(state, Settings)) await state.AtLeastAsync(300);
        writer.Append(300, 300);

        await using var reader = ReadingProcess.Start(state, Settings);
        await state.AtLeastAsync(600);

        state.AssertCompleteAndOrdered(600);
    }

    [Fact]
    public async Task A_record_is_found_by_its_position_and_one_that_was_removed_is_not()
    {
        await kafka.CreateTopicAsync(_topic, 1);
        var state = new ReadState();
        await using var reader = ReadingProcess.Start(state, Settings);
        await using var writer = await WritingProcess.StartAsync(_folder.Path, Settings);
        writer.Append(0, 30);
        await state.AtLeastAsync(30);
        await using var more = writer;

        Assert.Equal("7", (await reader.Log.FindAsync(state.Entries[7].Position, CancellationToken.None))!.Id);
        await RollAsync(writer, state);
        await kafka.DeleteRecordsAsync(_topic, 0, 30);
        Assert.Null(await reader.Log.FindAsync(state.Entries[7].Position, CancellationToken.None));
    }

    [Fact]
    public async Task Beyond_the_disk_bound_what_is_dropped_is_counted_to_the_record()
    {
        KeyValuePair<string, string?>[] small =
        [
            .. Settings, new("PredictionLog:PageBytes", $"{1 << 16}"), new("PredictionLog:MemoryBytes", $"{1 << 18}"),
            new("PredictionLog:SegmentBytes", $"{1 << 20}"), new("PredictionLog:MaxDiskBytes", $"{1 << 22}"),
        ];
        await kafka.TakeDownAsync();
        await using (var away = await WritingProcess.StartAsync(_folder.Path, small))
        {
            away.Append(0, 12_000, padding: 1000);
            await away.KeepBoundAsync(); // while nothing can be delivered: otherwise nothing need be dropped
        }
        await using var writer = await WritingProcess.StartAsync(_folder.Path, small);
        await kafka.BringUpAsync();
        await Eventually.TrueAsync(() => writer.Totals is { Accepted: 12_000, Spooled: 0 }, "the forwarder catches up");
        var (delivered, dropped) = ((int)writer.Totals.Delivered, (int)writer.Totals.Dropped);

        var state = new ReadState();
        await using var reader = ReadingProcess.Start(state, small);
        await state.AtLeastAsync(delivered);

        Assert.Equal(12_000, delivered + dropped);
        Assert.InRange(dropped, 12_000 / 2, 12_000 - 1); // 13 MB were written, 4 may be kept
        Assert.Equal(Enumerable.Range(dropped, delivered), state.Entries.Select(entry => int.Parse(entry.Id)).Order());
    }

    public void Dispose() => _folder.Dispose();

    private static async Task AccountAsync(WritingProcess writer, long accepted, long delivered)
    {
        await Eventually.TrueAsync(() => writer.Totals.Spooled == 0, "everything is acknowledged");
        Assert.Equal((accepted, delivered, 0), (writer.Totals.Accepted, writer.Totals.Delivered, writer.Totals.Dropped));
    }

    // The mock keeps the last batch whatever it is asked to delete.
    private static async Task RollAsync(WritingProcess writer, ReadState state)
    {
        writer.Append(30, 10);
        await state.AtLeastAsync(40);
    }

    private Message<string, string> Consume(string position)
    {
        var parts = position.Split('@');
        var settings = new ConsumerConfig { BootstrapServers = kafka.BootstrapServers, GroupId = "plain" };
        using var consumer = new ConsumerBuilder<string, string>(settings).Build();
        consumer.Assign(new TopicPartitionOffset(_topic, int.Parse(parts[0]), long.Parse(parts[1])));
        return consumer.Consume(TimeSpan.FromSeconds(30)).Message;
    }

    private static string Header(Message<string, string> message, string name) => Encoding.UTF8.GetString(message.Headers.GetLastBytes(name));
}
