using System.Text.Json;
using Platform.Supervisor.Services;

namespace Platform.Supervisor.Running;

/// <summary>Where each replica's <c>/metrics</c> is, in a file that Prometheus reads with <c>file_sd_configs</c>.</summary>
internal sealed class MetricsTargets(string path, IReadOnlyList<Replica> replicas)
{
    public void Write()
    {
        var targets = replicas.Select(replica => (replica.Service, At: replica.Management ?? replica.Address)).Select(replica => new
        {
            targets = new[] { replica.At.Authority },
            labels = new Dictionary<string, string> { ["component"] = replica.Service, ["__scheme__"] = replica.At.Scheme },
        });
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, JsonSerializer.Serialize(targets));
    }

    public void Remove() => File.Delete(path);
}
