using System.Text.Json;
using Microsoft.Extensions.Options;
using Platform.Contracts.Registry;
using Platform.Hosting.Deployments;
using Platform.Monitor.Features;
using Platform.Monitor.Intake;
using Platform.Monitor.Performance;

namespace Platform.Monitor.Baselines;

/// <summary>Makes a version's baseline from its reference rows and its answers to them, which the registry keeps.</summary>
internal sealed class BaselineBuilder(RegistryClient registry, IOptions<BaselineOptions> options)
{
    private const int Seed = 20_260_101;

    /// <summary>
    /// Reads the reference, twice where it holds texts. Throws <see cref="HttpRequestException"/> when it cannot be fetched
    /// and <see cref="JsonException"/> when it does not have the form that the registry writes.
    /// </summary>
    public async Task<Baseline> BuildAsync(ModelVersionDescription version, CancellationToken cancellationToken)
    {
        var texts = new ReferenceTexts(version.Signature);
        if (texts.Any)
        {
            await foreach (var row in SampledAsync(registry.ReadReferenceRowsAsync(version, cancellationToken), version))
                texts.Learn(row);
        }

        var reading = new ReferenceReading(version, texts);
        await using var predictions = SampledAsync(registry.ReadReferencePredictionsAsync(version, cancellationToken), version)
            .GetAsyncEnumerator(cancellationToken);
        var answered = true;
        await foreach (var row in SampledAsync(registry.ReadReferenceRowsAsync(version, cancellationToken), version))
        {
            answered = answered && await predictions.MoveNextAsync();
            reading.Add(row, answered ? predictions.Current : null);
        }

        return reading.ToBaseline();
    }

    /// <summary>A baseline without a reference.</summary>
    public static Baseline WithoutReference(ModelVersionDescription version) =>
        new ReferenceReading(version, new(version.Signature)).ToBaseline();

    private IAsyncEnumerable<T> SampledAsync<T>(IAsyncEnumerable<T> rows, ModelVersionDescription version)
    {
        var most = options.Value.RowsFor(version.Metadata.Features?.Count ?? InputLayouts.MostUnnamedColumns);
        return Sampled(rows, (int)Math.Ceiling((version.Reference?.Rows ?? 0) / (double)most));
    }

    /// <summary>
    /// One row of every <paramref name="step"/>, always the same: a sorted reference is covered from end to end. Which of them is
    /// left to chance, else an hourly reference would be met at every other hour only.
    /// </summary>
    internal static async IAsyncEnumerable<T> Sampled<T>(IAsyncEnumerable<T> rows, int step)
    {
        var random = new Random(Seed);
        var (at, chosen) = (0, 0);
        await foreach (var row in rows)
        {
            if (step > 1 && at % step == 0)
                chosen = at + random.Next(step);
            if (step <= 1 || at == chosen)
                yield return row;
            at++;
        }
    }
}
