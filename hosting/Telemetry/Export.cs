using OpenTelemetry.Exporter;

namespace Platform.Hosting.Telemetry;

/// <summary>
/// What is sent over OTLP, by the variables of the OpenTelemetry specification: <c>OTEL_TRACES_EXPORTER</c> and
/// <c>OTEL_METRICS_EXPORTER</c> (<c>otlp</c>, <c>none</c>, for metrics <c>prometheus</c> too), and where none is named, whatever
/// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> or the variable of the signal has an address for.
/// </summary>
internal sealed class Export
{
    public const string TracesSignal = "TRACES";
    public const string MetricsSignal = "METRICS";

    private const string Otlp = "otlp";
    private const string None = "none";

    private readonly IConfiguration _configuration;

    private Export(IConfiguration configuration)
    {
        _configuration = configuration;
        Traces = Sends(TracesSignal, [Otlp, None]);
        Metrics = Sends(MetricsSignal, [Otlp, "prometheus", None]);
        Exemplars = Traces && configuration["OTEL_METRICS_EXEMPLAR_FILTER"] is null;
    }

    public bool Traces { get; }

    public bool Metrics { get; }

    /// <summary>Whether measurements name a trace that was sent; the specification's own variable for it stands.</summary>
    public bool Exemplars { get; }

    /// <summary>Throws <see cref="InvalidOperationException"/> for an exporter that is none.</summary>
    public static Export Read(IConfiguration configuration) => new(configuration);

    /// <summary>The exporter knows the variables for all signals by itself, and here it learns those of one signal.</summary>
    public void Configure(OtlpExporterOptions options, string signal)
    {
        if (Of(signal, "PROTOCOL") is { } protocol) options.Protocol = ProtocolOf(protocol, signal);
        if (Of(signal, "ENDPOINT") is { } endpoint) options.Endpoint = AddressOf(endpoint, signal);
        if (Of(signal, "HEADERS") is { } headers) options.Headers = headers;
        if (Of(signal, "TIMEOUT") is { } timeout) options.TimeoutMilliseconds = MillisecondsOf(timeout, signal);
    }

    private bool Sends(string signal, string[] known)
    {
        if (Value($"OTEL_{signal}_EXPORTER") is not { } exporters) return Value(NameOf(null, "ENDPOINT")) is not null || Of(signal, "ENDPOINT") is not null;
        var named = exporters.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (named.Except(known).FirstOrDefault() is { } unknown)
            throw new InvalidOperationException($"OTEL_{signal}_EXPORTER is '{unknown}'; it takes {string.Join(", ", known)}.");
        return named.Contains(Otlp);
    }

    private string? Of(string signal, string what) => Value(NameOf(signal, what));

    private static string NameOf(string? signal, string what) => signal is null ? $"OTEL_EXPORTER_OTLP_{what}" : $"OTEL_EXPORTER_OTLP_{signal}_{what}";

    // A variable that is set to nothing is not set, says the specification.
    private string? Value(string name) => _configuration[name] is { Length: > 0 } value ? value : null;

    private static OtlpExportProtocol ProtocolOf(string protocol, string signal) => protocol switch
    {
        "grpc" => OtlpExportProtocol.Grpc,
        "http/protobuf" => OtlpExportProtocol.HttpProtobuf,
        _ => throw Refused(signal, "PROTOCOL", protocol, "grpc or http/protobuf"),
    };

    private static Uri AddressOf(string endpoint, string signal) =>
        Uri.TryCreate(endpoint, UriKind.Absolute, out var address) ? address : throw Refused(signal, "ENDPOINT", endpoint, "an address");

    private static int MillisecondsOf(string timeout, string signal) =>
        int.TryParse(timeout, out var milliseconds) && milliseconds > 0 ? milliseconds : throw Refused(signal, "TIMEOUT", timeout, "milliseconds");

    private static InvalidOperationException Refused(string signal, string what, string value, string takes) =>
        new($"{NameOf(signal, what)} is '{value}'; it takes {takes}.");
}
