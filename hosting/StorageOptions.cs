using System.ComponentModel.DataAnnotations;

namespace Platform.Hosting;

/// <summary>Where a process keeps its data; section <c>Storage</c>.</summary>
public sealed class StorageOptions : IValidatableObject
{
    /// <summary>The data directory; made if it is missing. A relative path starts at the working directory.</summary>
    [Required]
    public string Directory { get; set; } = "data";

    /// <summary>The full path of something inside the data directory.</summary>
    public string PathOf(params ReadOnlySpan<string> parts) => Path.GetFullPath(Path.Combine([Directory, .. parts]));

    /// <summary>Refuses a directory that cannot be written to, before anything depends on it.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Refusal() is { } reason)
            yield return new ValidationResult($"The data directory '{Directory}' cannot be used: {reason}", [nameof(Directory)]);
    }

    internal static void Register(IServiceCollection services) =>
        services.AddOptions<StorageOptions>().BindConfiguration("Storage").ValidateDataAnnotations().ValidateOnStart();

    private string? Refusal()
    {
        try
        {
            var directory = System.IO.Directory.CreateDirectory(PathOf()).FullName;
            using var probe = File.Create(Path.Combine(directory, $".probe-{Guid.NewGuid():n}"), 1, FileOptions.DeleteOnClose);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return exception.Message;
        }
    }
}
