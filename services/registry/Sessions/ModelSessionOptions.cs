using System.ComponentModel.DataAnnotations;

namespace Platform.Registry.Sessions;

/// <summary>How far the registry goes in trying a model out; section <c>Registry:Sessions</c>.</summary>
public sealed class ModelSessionOptions
{
    /// <summary>How many models may be loaded at once.</summary>
    [Range(1, 64)]
    public int MaxConcurrent { get; set; } = 2;

    /// <summary>The longest that loading a model and running it may take together.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(60);
}
