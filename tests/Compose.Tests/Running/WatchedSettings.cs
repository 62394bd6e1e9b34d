using Microsoft.Extensions.Configuration;

namespace Platform.Compose.Tests.Running;

/// <summary>Environment variables as a configuration source that remembers which of them were read.</summary>
internal sealed class WatchedSettings : ConfigurationProvider, IConfigurationSource
{
    private readonly HashSet<string> _read = new(StringComparer.OrdinalIgnoreCase);

    public WatchedSettings(IReadOnlyDictionary<string, string> environment)
    {
        foreach (var (name, value) in environment) Data[KeyOf(name)] = value;
    }

    /// <summary>The name as an environment variable of a key that was never asked for, each.</summary>
    public IReadOnlyList<string> Unread
    {
        get { lock (_read) return [.. Data.Keys.Where(key => !_read.Contains(key)).Select(key => key.Replace(":", "__", StringComparison.Ordinal))]; }
    }

    public override bool TryGet(string key, out string? value)
    {
        lock (_read) _read.Add(key);
        return base.TryGet(key, out value);
    }

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    private static string KeyOf(string variable) => variable.Replace("__", ":", StringComparison.Ordinal);
}
