using System.Text.Json;
using Platform.Supervisor.Services;

namespace Platform.Supervisor.Running;

/// <summary>Where each replica's <c>/metrics</c> is, in a file that Prometheus reads with <c>file_sd_configs</c>.</summary>
internal sealed class MetricsTargets(string path, IReadOnlyList<Replica> replicas)
{
    public void Write()
    {
        var targets = replicas.Select(replica => new { targets = new[] { replica.Address.Authority }, labels = new { component = replica.Service } });
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, JsonSerializer.Serialize(targets));
    }

    public void Remove() => File.Delete(path);
}
