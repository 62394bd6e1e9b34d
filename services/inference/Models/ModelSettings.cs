using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Platform.Inference.Batching;
using Platform.Inference.Settings;

namespace Platform.Inference.Models;

/// <summary>How the requests to each model are run together: as configured, or as an operator has set it since.</summary>
internal sealed class ModelSettings(IOptions<ServingOptions> options, ModelTable table)
{
    private readonly BatchSettings _default = options.Value.Batching.ToSettings();
    private readonly ConcurrentDictionary<string, BatchSettings> _byModel = [];

    /// <summary>As the service is configured.</summary>
    public BatchSettings Configured => _default;

    public BatchSettings Of(string model) => _byModel.GetValueOrDefault(model, _default);

    /// <summary>Takes effect for the versions that are loaded, from their next run on, and for those that will be.</summary>
    public void Set(string model, BatchSettings settings)
    {
        _byModel[model] = settings;
        Apply(model, settings);
    }

    /// <summary>Ends what an operator has set.</summary>
    public void Reset(string model)
    {
        if (_byModel.TryRemove(model, out _)) Apply(model, _default);
    }

    private void Apply(string model, BatchSettings settings)
    {
        foreach (var version in table.Loaded.Where(version => version.Model == model)) version.Batcher.Settings = settings;
    }
}
