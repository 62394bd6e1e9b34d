using Platform.Contracts.Registry;

namespace Platform.Inference.Models;

/// <summary>Why the versions that should serve but do not could not be loaded.</summary>
internal sealed class LoadFailures
{
    private readonly Dictionary<(string Model, string Version), string> _reasons = [];
    private readonly Lock _gate = new();

    public IReadOnlyDictionary<(string Model, string Version), string> All
    {
        get { lock (_gate) return new Dictionary<(string, string), string>(_reasons); }
    }

    public bool Contains(string model, string version)
    {
        lock (_gate) return _reasons.ContainsKey((model, version));
    }

    /// <summary>False where the version has failed for the same reason before.</summary>
    public bool Add(string model, string version, string reason)
    {
        lock (_gate)
        {
            if (_reasons.GetValueOrDefault((model, version)) == reason) return false;
            _reasons[(model, version)] = reason;
            return true;
        }
    }

    public void Remove(string model, string version)
    {
        lock (_gate) _reasons.Remove((model, version));
    }

    /// <summary>Forgets the versions that should serve no more: that they cannot be loaded is nobody's concern.</summary>
    public void Forget(DeploymentSnapshot wanted)
    {
        lock (_gate)
        {
            var unwanted = _reasons.Keys.Except(wanted.Items.SelectMany(
                deployment => deployment.Split.Select(share => (deployment.Model, share.Version)).Append((deployment.Model, deployment.Version))));
            foreach (var version in unwanted.ToArray()) _reasons.Remove(version);
        }
    }
}
