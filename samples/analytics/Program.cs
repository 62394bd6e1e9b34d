using System.Text.Json;
using Confluent.Kafka;
using Platform.Analytics;

// dotnet run --project samples/analytics [host:port] [state file] [topic] [broker version]
// Counts predictions by model, version and status: each once, however often it was sent and whoever is killed.
// docs/prediction-log.md says what is in a record. A broker before 0.10 cannot say what it understands: name its version (0.9.0.1).
const int AtOnce = 500;
var servers = args.ElementAtOrDefault(0) ?? "127.0.0.1:9092";
var file = args.ElementAtOrDefault(1) ?? "analytics.json";
var topic = args.ElementAtOrDefault(2) ?? "predictions.prediction-logged.v1";
var brokerVersion = args.ElementAtOrDefault(3);

var tally = Tally.Load(file);
using var consumer = new ConsumerBuilder<string, byte[]>(new ConsumerConfig
{
    BootstrapServers = servers,
    GroupId = "sample-analytics", // named by tools that watch; our place is in our own state
    EnableAutoCommit = false,
    AutoOffsetReset = AutoOffsetReset.Earliest,
    ApiVersionRequest = brokerVersion is null,
    BrokerVersionFallback = brokerVersion,
}).Build();
consumer.Assign(Partitions().Select(partition => new TopicPartitionOffset(topic, partition, tally.NextOf(partition) ?? Offset.Beginning)));
Console.WriteLine($"reading {topic}; Ctrl-C ends");

for (var taken = 0; ;)
{
    var record = consumer.Consume(TimeSpan.FromMilliseconds(200));
    if (record is not null)
    {
        tally.Take(record.Partition, record.Offset, JsonSerializer.Deserialize<JsonElement>(record.Message.Value));
        taken++;
    }
    if (taken == 0 || (record is not null && taken < AtOnce)) continue;

    // Counts and place become true together: a crash before this line counts the same records again, on top of the old counts.
    tally.Save(file);
    Console.WriteLine(tally);
    taken = 0;
}

IEnumerable<int> Partitions()
{
    using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
    var found = admin.GetMetadata(topic, TimeSpan.FromSeconds(30)).Topics.Single(candidate => candidate.Topic == topic);
    return [.. found.Partitions.Select(partition => partition.PartitionId)];
}
