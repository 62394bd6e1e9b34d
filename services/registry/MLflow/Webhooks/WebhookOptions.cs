using System.ComponentModel.DataAnnotations;

namespace Platform.Registry.MLflow.Webhooks;

/// <summary>How webhooks are delivered; section <c>Registry:MLflow:Webhooks</c>.</summary>
public sealed class WebhookOptions
{
    /// <summary>
    /// Hosts that may be called, by name or, as <c>*.example.com</c>, with everything below; they may have private addresses.
    /// When empty, any host with a public address may be called.
    /// </summary>
    public IList<string> AllowedHosts { get; } = [];

    /// <summary>Whether hosts may be called that have a private or link-local address.</summary>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>
    /// Whether this machine itself may be called. When absent: yes where messages stay within the process (standalone), no where
    /// they travel over a broker.
    /// </summary>
    public bool? AllowLoopback { get; set; }

    /// <summary>How long one attempt may take.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:02:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Attempts before a delivery is given up.</summary>
    [Range(1, 100)]
    public int MaxAttempts { get; set; } = 8;

    /// <summary>Pause after the first attempt; each further one is twice as long.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan FirstPause { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Most webhooks that there may be.</summary>
    [Range(1, 10_000)]
    public int MaxWebhooks { get; set; } = 100;

    internal TimeSpan PauseAfter(int attempts)
    {
        var pause = FirstPause * Math.Pow(2, Math.Min(attempts - 1, 30));
        return pause < LongestPause ? pause : LongestPause;
    }
}
