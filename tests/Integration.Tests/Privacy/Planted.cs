using System.Text;
using Platform.TestKit;
using Platform.TestKit.Observability;

namespace Platform.Integration.Tests.Privacy;

/// <summary>Secrets that can be recognised wherever they turn up, in every setting that takes one.</summary>
internal sealed class Planted : IDisposable
{
    private const string Mark = "pl4nt3d";

    /// <summary>A value of a feature that the model's owner hides.</summary>
    public const string Value = $"{Mark}-postcode";

    /// <summary>In the address of a call-back, where receivers put tokens.</summary>
    public const string Token = $"{Mark}-token";

    private readonly TemporaryFolder _folder = new();

    public Planted() => File.WriteAllText(KeyFile, RedactionKey);

    private static string RedactionKey => $"{Mark}-redaction-key-of-more-than-32-bytes";

    private string KeyFile => _folder.File("key");

    public static KeyValuePair<string, string?> RabbitMq { get; } = new("Messaging:RabbitMq:Password", $"{Mark}-rabbitmq");

    public static string Postgres => $"Username=nobody;Password={Mark}-postgres";

    public static KeyValuePair<string, string?> MongoDb { get; } =
        new("Storage:MongoDb:ConnectionString", $"mongodb://nobody:{Mark}-mongodb@127.0.0.1:{Ports.Free()}/?replicaSet=r");

    public static IReadOnlyList<KeyValuePair<string, string?>> Kafka { get; } =
    [
        new("PredictionLog:Kafka:Settings:security.protocol", "sasl_plaintext"), new("PredictionLog:Kafka:Settings:sasl.mechanism", "PLAIN"),
        new("PredictionLog:Kafka:Settings:sasl.username", "platform"), new("PredictionLog:Kafka:Settings:sasl.password", $"{Mark}-kafka"),
    ];

    /// <summary>What inference itself is told.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Inference =>
    [
        new("Inference:Jobs:Callbacks:Secret", $"{Mark}-callback-secret"), new("Inference:Recording:RedactionKeyFile", KeyFile),
    ];

    public static IReadOnlyList<KeyValuePair<string, string?>> Telemetry(int port) =>
    [
        new("OTEL_EXPORTER_OTLP_ENDPOINT", $"http://127.0.0.1:{port}"), new("OTEL_EXPORTER_OTLP_HEADERS", $"authorization=Bearer {Mark}-otlp"),
        new("OTEL_BSP_SCHEDULE_DELAY", "200"), new("OTEL_METRIC_EXPORT_INTERVAL", "500"),
    ];

    /// <summary>None of it is in the texts, plain or encoded.</summary>
    public static void AssertNowhere(string where, IEnumerable<string> texts)
    {
        var forms = Forms(Mark).Concat(Forms(RedactionKey)).Select(form => form.ToLowerInvariant()).ToList();
        Assert.Equal([], texts.Where(text => forms.Any(text.ToLowerInvariant().Contains)).Select(text => $"{where}: {text}"));
    }

    /// <summary>None of it was sent to the collector.</summary>
    public static void AssertNowhere(Collector collector)
    {
        Assert.Contains(collector.Received, call => call.Method.Contains("Trace", StringComparison.Ordinal));
        Assert.Contains(collector.Received, call => call.Method.Contains("Metrics", StringComparison.Ordinal));
        AssertNowhere("telemetry", collector.Received.Select(call => Encoding.Latin1.GetString(call.Body)));
    }

    public void Dispose() => _folder.Dispose();

    private static IEnumerable<string> Forms(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        // Base64 of whatever comes before it begins at one of three places.
        return Enumerable.Range(0, 3).Select(before => Convert.ToBase64String([.. new byte[before], .. bytes])[(before + 2)..^4])
            .Append(secret).Append(Convert.ToHexString(bytes)).Append(Uri.EscapeDataString(secret));
    }
}
