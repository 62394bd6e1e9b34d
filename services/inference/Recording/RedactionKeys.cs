using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Platform.Hosting;
using Platform.Inference.Secrets;
using Platform.Inference.Settings;

namespace Platform.Inference.Recording;

/// <summary>
/// Which key hashes hidden values: one that is given as a file, or one that is made once and kept with the service's documents, under the
/// name that <see cref="RecordingOptions.RedactionKey"/> gives. So all replicas hash alike, and another name begins another key.
/// </summary>
internal sealed class RedactionKeys(StoredSecrets secrets, IOptions<ServingOptions> options, IOptions<StorageOptions> storage)
{
    private const int Length = 32;

    private readonly RecordingOptions _options = options.Value.Recording;
    private volatile RedactionKey? _known;

    /// <summary>The key. Throws when it cannot be read or kept.</summary>
    public async ValueTask<RedactionKey> GetAsync(CancellationToken cancellationToken) => _known ??= new RedactionKey(
        _options.RedactionKeyFile is { } file
            ? await File.ReadAllBytesAsync(file, cancellationToken)
            : Convert.FromHexString(await secrets.FindOrMakeAsync($"redaction-{_options.RedactionKey}", Make, cancellationToken)));

    // A replica of before kept the key in a file of its own; the first replica's is everybody's from now on.
    private string Make()
    {
        var former = storage.Value.PathOf(InferenceService.Name, "redaction.key");
        var isFormer = _options.RedactionKey == RecordingOptions.FirstRedactionKey && File.Exists(former) && new FileInfo(former).Length == Length;
        return Convert.ToHexStringLower(isFormer ? File.ReadAllBytes(former) : RandomNumberGenerator.GetBytes(Length));
    }
}
