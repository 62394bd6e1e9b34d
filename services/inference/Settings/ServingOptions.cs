using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Platform.Inference.Recording;

namespace Platform.Inference.Settings;

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
    /// refused with 503, and one whose answer alone takes more fails. A quarter of the machine's memory by default.
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

[OptionsValidator]
internal sealed partial class ServingOptionsValidator : IValidateOptions<ServingOptions>;
