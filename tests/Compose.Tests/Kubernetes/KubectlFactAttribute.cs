namespace Platform.Compose.Tests.Kubernetes;

/// <summary>A test that runs where kubectl is installed; it needs no cluster.</summary>
internal sealed class KubectlFactAttribute : FactAttribute
{
    public KubectlFactAttribute()
    {
        if (Find() is null) Skip = "needs kubectl in the path (no cluster)";
    }

    public static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "kubectl")).FirstOrDefault(File.Exists);
}
