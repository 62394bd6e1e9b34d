using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Platform.Inference.Predictions;

namespace Platform.Inference;

/// <summary>How models are served; section <c>Inference</c>.</summary>
public sealed class ServingOptions
{
    /// <summary>Largest body of an infer request, in bytes.</summary>
    [Range(1024, 1L << 30)]
    public long MaxBodyBytes { get; set; } = 64 << 20;

    /// <summary>Most bytes that the bodies of all requests in progress may take together; beyond it requests are refused with 503.</summary>
    [Range(1 << 20, 1L << 40)]
    public long MaxBodyBytesInProgress { get; set; } = 512 << 20;

    /// <summary>
    /// Largest answer to an infer request, in bytes. Where the outputs, or the text made of them, would take more, the request fails:
    /// a few numbers can ask a model for any size.
    /// </summary>
    [Range(1024, 1L << 30)]
    public long MaxAnswerBytes { get; set; } = 256 << 20;

    /// <summary>
    /// Memory that the answers of all requests in progress may take together, until their callers have read them; beyond it requests are
    /// refused with 503. A quarter of the machine's memory by default.
    /// </summary>
    [Range(1 << 20, 1L << 40)]
    public long MaxAnswerBytesInProgress { get; set; } = Math.Max(1 << 20, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4);

    /// <summary>
    /// Memory that loaded versions may take together, in bytes, estimated as <c>LoadedVersion.Bytes</c> says. Beyond it the version
    /// that was not called for longest is put out and comes back when it is called. Half of the machine's memory by default.
    /// </summary>
    [Range(1, long.MaxValue)]
    public long MaxModelBytes { get; set; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;

    /// <summary>
    /// How long a call of a model or alias that this process does not know may wait for the registry to say whether it was promoted a
    /// moment ago; after that it is unknown.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan FirstCallPatience { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Threads that one run may use; 1 computes on the runner's own thread, 0 leaves it to ONNX Runtime.</summary>
    [Range(0, 1024)]
    public int Threads { get; set; } = 1;

    /// <summary>Where to run, best first: <c>cuda</c>, <c>tensorrt</c>. The CPU always comes last and needs no mention.</summary>
    [ValidateEnumeratedItems]
    public IList<ProviderOptions> Providers { get; } = [];

    /// <summary>How requests are run together where a version does not say otherwise.</summary>
    [Required, ValidateObjectMembers]
    public BatchingOptions Batching { get; set; } = new();

    /// <summary>What shadows may take.</summary>
    [Required, ValidateObjectMembers]
    public ShadowOptions Shadow { get; set; } = new();

    /// <summary>How the prediction record is kept small and discreet.</summary>
    [Required, ValidateObjectMembers]
    public RecordingOptions Recording { get; set; } = new();
}

/// <summary>An execution provider; see <see cref="ServingOptions.Providers"/>.</summary>
public sealed class ProviderOptions
{
    /// <summary><c>cuda</c> or <c>tensorrt</c>.</summary>
    [Required, AllowedValues("cuda", "tensorrt")]
    public string Name { get; set; } = "";

    /// <summary>Which device, counted from 0.</summary>
    [Range(0, 63)]
    public int DeviceId { get; set; }

    /// <summary>Most device memory that a model may take, in bytes; unbounded when absent.</summary>
    [Range(1 << 20, long.MaxValue)]
    public long? MemoryLimitBytes { get; set; }

    /// <summary>Further options, by ONNX Runtime's own names.</summary>
    public IDictionary<string, string> Options { get; } = new Dictionary<string, string>();
}

/// <summary>Batching; see <see cref="ServingOptions.Batching"/>.</summary>
public sealed class BatchingOptions
{
    /// <summary>Most rows in one run; 1 turns batching off. 0, the default: as many as were measured to be worth it at loading, at most 64.</summary>
    [Range(0, 65536)]
    public int MaxBatchSize { get; set; }

    /// <summary>Rows that end the waiting of <see cref="MaxDelay"/> early; 0 for <see cref="MaxBatchSize"/>.</summary>
    [Range(0, 65536)]
    public int PreferredBatchSize { get; set; }

    /// <summary>How long the first request may wait for others; none by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan MaxDelay { get; set; }

    /// <summary>Most requests that may wait for one version; beyond it requests are refused with 503.</summary>
    [Range(1, 1_000_000)]
    public int MaxQueueLength { get; set; } = 1024;

    /// <summary>Runs side by side for one version; 0 for one per processor.</summary>
    [Range(0, 1024)]
    public int Runners { get; set; }

    /// <summary>A run that takes longer is stopped.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan MaxRunTime { get; set; } = TimeSpan.FromSeconds(30);
}

/// <summary>The prediction record; see <see cref="ServingOptions.Recording"/>.</summary>
public sealed class RecordingOptions : IValidatableObject
{
    /// <summary>A tensor with more elements in a row is logged as a sample with a digest.</summary>
    [Range(1, 65536)]
    public int MaxRowElements { get; set; } = 1024;

    /// <summary>A tensor with more elements in all is logged as a sample with a digest.</summary>
    [Range(1, 65536)]
    public int MaxElements { get; set; } = 16384;

    /// <summary>Strings that take more bytes together, or as JSON, are logged by digest alone.</summary>
    [Range(1, 1 << 20)]
    public int MaxTextBytes { get; set; } = 256 << 10;

    internal const string FirstRedactionKey = "1";

    private const int ShortestKey = 32;
    private const int LongestKey = 4096;

    /// <summary>
    /// Name of the key that hashes hidden values; it is made where there is none of that name, and kept with the service's documents for all
    /// replicas. Another name, once every replica has it, begins another key; equal values hashed by two keys cannot be told to be equal.
    /// </summary>
    [RegularExpression("[a-z0-9-]{1,64}")]
    public string RedactionKey { get; set; } = FirstRedactionKey;

    /// <summary>A file whose bytes, 32 to 4,096 of them at random, are the key instead: one for all replicas. It is read at the start.</summary>
    public string? RedactionKeyFile { get; set; }

    /// <summary>Refuses a key file that cannot be one.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (RedactionKeyFile is not { } file) yield break;
        var length = File.Exists(file) ? new FileInfo(file).Length : 0;
        if (length is < ShortestKey or > LongestKey)
            yield return new ValidationResult($"The key file '{file}' must have {ShortestKey} to {LongestKey} bytes; it has {length}.", [nameof(RedactionKeyFile)]);
    }
}

[OptionsValidator]
internal sealed partial class ServingOptionsValidator : IValidateOptions<ServingOptions>;
