namespace Platform.Client;

/// <summary>How a platform is called.</summary>
public sealed class PlatformClientOptions
{
    /// <summary>Where it answers, for example <c>http://127.0.0.1:8080</c>.</summary>
    public Uri Address { get; set; } = new("http://127.0.0.1:8080");

    /// <summary>The key; null where nobody is asked for one.</summary>
    public string? Key { get; set; }

    /// <summary>The longest wait for one answer; 100 seconds by default.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>How often at most something is sent that can be repeated without harm; 4 by default.</summary>
    public int Attempts { get; set; } = 4;

    internal PlatformClientOptions Checked()
    {
        if (Address is not { IsAbsoluteUri: true, Scheme: "http" or "https" }) throw new ArgumentException($"The platform's address is http://HOST:PORT or https://HOST:PORT, not '{Address}'.");
        if (Attempts < 1) throw new ArgumentException("Attempts is 1 at least.");
        if (Timeout <= TimeSpan.Zero) throw new ArgumentException("Timeout is more than nothing.");
        return this;
    }
}
