using System.ComponentModel.DataAnnotations;

namespace Platform.Registry.Rollouts;

/// <summary>How promotions that take their time are watched; section <c>Registry:Rollouts</c>.</summary>
public sealed class RolloutOptions
{
    /// <summary>How often they are looked at.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:10:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(2);
}
