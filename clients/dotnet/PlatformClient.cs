using Platform.Client.Events;
using Platform.Client.Explanations;
using Platform.Client.Models;
using Platform.Client.Monitoring;
using Platform.Client.Predictions;
using Platform.Client.Records;
using Platform.Client.Transport;

namespace Platform.Client;

/// <summary>
/// Calls one platform; may be used by many threads at once. Everything throws <see cref="PlatformException"/> where the platform refuses or
/// cannot be reached.
/// </summary>
public sealed class PlatformClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly bool _ownsHttp;
    private readonly GrpcChannels _grpc;

    /// <summary>A client with connections of its own.</summary>
    /// <param name="address">Where the platform answers.</param>
    /// <param name="key">The key; null where nobody is asked for one.</param>
    public PlatformClient(Uri address, string? key = null) : this(new PlatformClientOptions { Address = address, Key = key })
    {
    }

    /// <summary>A client with connections of its own.</summary>
    public PlatformClient(PlatformClientOptions options) : this(new HttpClient(new SocketsHttpHandler()), options) => _ownsHttp = true;

    /// <summary>A client that sends through another, whose handlers stay in place and which it does not dispose; its time limit must be longer.</summary>
    public PlatformClient(HttpClient http, PlatformClientOptions options)
    {
        options = options.Checked();
        _http = http;
        if (http.Timeout < options.Timeout) http.Timeout = Timeout.InfiniteTimeSpan; // each request has a limit, event streams have none
        var transport = new HttpTransport(http, options);
        _grpc = new GrpcChannels(options);
        Models = new ModelsClient(transport);
        Promotions = new PromotionsClient(transport);
        Predictions = new PredictionsClient(transport);
        Grpc = new GrpcPredictionsClient(_grpc, options);
        Records = new RecordsClient(transport);
        Explanations = new ExplanationsClient(transport);
        WholeVersions = new WholeVersionsClient(transport);
        Monitoring = new MonitoringClient(transport);
        Alerts = new AlertsClient(transport);
        Events = new EventsClient(transport);
        Http = new RawClient(transport);
    }

    /// <summary>Models, their versions and aliases.</summary>
    public ModelsClient Models { get; }

    /// <summary>Promotions that take their time.</summary>
    public PromotionsClient Promotions { get; }

    /// <summary>Predictions by feature name, by tensors and in the background.</summary>
    public PredictionsClient Predictions { get; }

    /// <summary>Predictions by tensors over gRPC.</summary>
    public GrpcPredictionsClient Grpc { get; }

    /// <summary>Predictions that were answered: by id, by search, feedback, the review queue.</summary>
    public RecordsClient Records { get; }

    /// <summary>Why a model answers what it answers.</summary>
    public ExplanationsClient Explanations { get; }

    /// <summary>What versions as a whole go by: importances and curves.</summary>
    public WholeVersionsClient WholeVersions { get; }

    /// <summary>Windows, labels and outcomes.</summary>
    public MonitoringClient Monitoring { get; }

    /// <summary>Alerts and their rules.</summary>
    public AlertsClient Alerts { get; }

    /// <summary>What happens.</summary>
    public EventsClient Events { get; }

    /// <summary>Any other route.</summary>
    public RawClient Http { get; }

    /// <inheritdoc />
    public void Dispose()
    {
        _grpc.Dispose();
        if (_ownsHttp) _http.Dispose();
    }
}
