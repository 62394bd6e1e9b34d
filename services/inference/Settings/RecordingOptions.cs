using System.ComponentModel.DataAnnotations;

namespace Platform.Inference.Settings;

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
