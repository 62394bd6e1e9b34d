using Microsoft.Extensions.Options;
using Platform.Hosting;
using Platform.Hosting.Access;
using Platform.Hosting.Keys;
using Platform.Hosting.Storage;

namespace Platform.Registry.Keys;

/// <summary>
/// The key that every other comes from. Where no key may manage keys, one is made at the start that may do everything, and written to a
/// file that only its owner can read. The file is on the disk before the key counts, and of several replicas one makes it.
/// </summary>
internal sealed partial class BootstrapKey(
    KeyStore keys, IOptions<KeyOptions> options, IOptions<StorageOptions> storage, TimeProvider time, ILogger<BootstrapKey> logger)
{
    /// <summary>Its id, and its name in history.</summary>
    public const string Id = "bootstrap";

    private bool _isEnsured;

    private string File => options.Value.BootstrapKeyFile ?? storage.Value.PathOf(RegistryService.Name, "bootstrap.key");

    /// <summary>Makes the key if there must be one; once in the life of the process.</summary>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (_isEnsured) return;
        if (options.Value.BootstrapKey is { } given) await TakeAsync(given, cancellationToken);
        else await MakeAsync(cancellationToken);
        _isEnsured = true;
    }

    private async Task TakeAsync(string given, CancellationToken cancellationToken)
    {
        var found = await keys.FindAsync(Id, cancellationToken);
        if (found?.Value.Sha256 == KeyFormat.Digest(given)) return;
        await keys.TryPutAsync(Key(given), found?.Revision ?? 0, cancellationToken);
    }

    private async Task MakeAsync(CancellationToken cancellationToken)
    {
        var found = await keys.FindAsync(Id, cancellationToken);
        if (found is not null) SecretText.Finish(File, secret => KeyFormat.Digest(secret) == found.Value.Sha256);
        if ((await keys.ReadAllAsync(cancellationToken)).Any(MayManageKeys)) return;

        var secret = KeyFormat.Create();
        using var text = SecretText.Prepare(File, secret);
        if (!await keys.TryPutAsync(Key(secret), found?.Revision ?? 0, cancellationToken)) return; // another replica was faster
        text.Keep();
        Made(logger, File);
    }

    private bool MayManageKeys(AccessKey key) => !key.IsExpired(time.GetUtcNow()) && key.Permissions.Any(grant =>
        grant.Permission == PermissionNames.NameOf(Permission.Manage) && grant.Models is null);

    private AccessKey Key(string secret) => new()
    {
        Id = Id, Name = Id, Sha256 = KeyFormat.Digest(secret), Permissions = PermissionNames.Everything, CreatedAt = time.GetUtcNow(), CreatedBy = Id,
    };

    [LoggerMessage(LogLevel.Information, "The first key, which may do everything, is in {File}: make the others with it")]
    private static partial void Made(ILogger logger, string file);
}
