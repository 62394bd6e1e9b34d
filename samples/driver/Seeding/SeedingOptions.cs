using System.ComponentModel.DataAnnotations;

namespace Platform.SampleDriver.Seeding;

/// <summary>Where the samples are; section <c>Samples</c>.</summary>
public sealed class SeedingOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Samples";

    /// <summary>A folder with one folder for each sample; those that come with the program when it is not set.</summary>
    [Required]
    public string Directory { get; set; } = Path.Combine(AppContext.BaseDirectory, "samples");

    /// <summary>How long a promoted sample may take until it can be called.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan ReadyWithin { get; set; } = TimeSpan.FromMinutes(5);
}
