using System.ComponentModel.DataAnnotations;

namespace Platform.Inference.Settings;

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
