using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Platform.Hosting;
using Platform.Inference.Jobs;
using Platform.Inference.Recording;
using Platform.Inference.Secrets;

namespace Platform.Inference.Delivery;

/// <summary>
/// The secret that callbacks are signed with. Where none is set one is made once and kept with the jobs, so that every process that
/// sends has the same, also after a restart. It is copied into the data directory, readable by its owner alone, for whoever
/// has to tell it to the receivers.
/// </summary>
internal sealed class CallbackSecret(StoredSecrets secrets, IOptions<JobOptions> options, IOptions<StorageOptions> storage)
{
    /// <summary>The file's name in the service's folder of the data directory.</summary>
    public const string FileName = "callback.secret";

    private const string Name = "callbacks";
    private const int Bytes = 32;

    private string? _made;

    /// <summary>The secret, whose UTF-8 bytes are the key. Throws when it cannot be read or kept.</summary>
    public async ValueTask<string> GetAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Callbacks.Secret is { } set) return set;
        if (_made is not null) return _made;

        var secret = await secrets.FindOrMakeAsync(Name, Make, cancellationToken);
        Show(secret);
        return _made = secret;
    }

    private static string Make() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));

    private void Show(string secret)
    {
        var path = storage.Value.PathOf(InferenceService.Name, FileName);
        if (File.Exists(path) && File.ReadAllText(path) == secret) return;

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = path + ".tmp";
        File.Delete(temporary);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(temporary, options)) file.Write(Encoding.UTF8.GetBytes(secret));
        File.Move(temporary, path, overwrite: true);
    }
}
