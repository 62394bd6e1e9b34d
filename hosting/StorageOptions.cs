using System.ComponentModel.DataAnnotations;

namespace Platform.Hosting;

/// <summary>Where a process keeps its data; section <c>Storage</c>.</summary>
public sealed class StorageOptions
{
    /// <summary>The data directory; made if it is missing.</summary>
    [Required]
    public string Directory { get; set; } = "data";

    internal static void Register(IServiceCollection services) =>
        services.AddOptions<StorageOptions>().BindConfiguration("Storage").ValidateDataAnnotations().ValidateOnStart();
}
