using Platform.Onnx.Sessions;

namespace Platform.Onnx.Pipelines;

/// <summary>
/// Sessions of files that are named by their digest: whoever opens one that is open already, in the same manner, gets the same. So the parts of a
/// pipeline cost no memory where they serve by themselves, or in another pipeline, in the same process.
/// </summary>
internal static class SharedSessions
{
    private const int DigestLength = 64;

    private static readonly Dictionary<string, SharedSession> Opened = [];
    private static readonly Lock Gate = new();

    /// <summary>A session of the file, to be disposed of by each who has asked for it.</summary>
    /// <exception cref="ModelLoadException">It cannot be loaded.</exception>
    public static ModelSession Open(string path, SessionSettings settings)
    {
        if (Path.GetFileName(path) is not { Length: DigestLength } name || !name.All(char.IsAsciiHexDigitLower)) return ModelSession.Load(path, settings);
        var shared = Take($"{Path.GetFullPath(path)} {Describe(settings)}", path, settings);
        try
        {
            return new SessionLease(shared, () => Return(shared));
        }
        catch
        {
            Return(shared);
            throw;
        }
    }

    private static SharedSession Take(string key, string path, SessionSettings settings)
    {
        lock (Gate)
        {
            if (!Opened.TryGetValue(key, out var shared)) Opened[key] = shared = new SharedSession(key, new Lazy<ModelSession>(() => ModelSession.Load(path, settings)));
            shared.Users++;
            return shared;
        }
    }

    private static void Return(SharedSession shared)
    {
        lock (Gate)
        {
            if (--shared.Users > 0) return;
            Opened.Remove(shared.Key);
        }

        if (shared.Session.IsValueCreated) shared.Session.Value.Dispose();
    }

    private static string Describe(SessionSettings settings) => $"{settings.Threads} {settings.MaxOutputBytes} " + string.Join(';', settings.Providers.Select(provider =>
        $"{provider.Name} {provider.DeviceId} {provider.MemoryLimitBytes} {string.Join(',', provider.Options.OrderBy(option => option.Key, StringComparer.Ordinal))}"));
}
