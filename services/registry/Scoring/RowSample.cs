using System.Text.Json;
using Platform.Contracts.Registry;
using Platform.Hosting;
using Platform.Registry.References;
using Platform.Statistics.Samples;

namespace Platform.Registry.Scoring;

/// <summary>Some of a version's reference rows, in even steps from the first to the last, with what may be changed in them.</summary>
internal sealed class RowSample
{
    private const int MostRows = 200;

    private RowSample(ModelVersionDescription version, IReadOnlyList<ReferenceRow> rows)
    {
        Rows = rows;
        Columns = [.. version.Signature.Inputs.SelectMany(input =>
            InputFeatures.Of(version.Metadata.Features, input, version.Signature).Select((feature, at) => new FeatureColumn(input.Name, at, feature)))];
    }

    public IReadOnlyList<ReferenceRow> Rows { get; }

    /// <summary>The columns that the version's metadata name.</summary>
    public IReadOnlyList<FeatureColumn> Columns { get; }

    /// <param name="version">The version.</param>
    /// <param name="rowsPath">JSON lines of <see cref="ReferenceRow"/>.</param>
    public static RowSample Read(ModelVersionDescription version, string rowsPath)
    {
        var step = (int)Math.Ceiling(version.Reference!.Rows / (double)MostRows);
        return new RowSample(version, [.. File.ReadLines(rowsPath).Where((_, row) => row % step == 0)
            .Select(line => JsonSerializer.Deserialize<ReferenceRow>(line, PlatformJson.Tolerant)!)]);
    }

    /// <summary>How far the numbers of a column are spread: their standard deviation; 0 where it is not numerical, or constant.</summary>
    public double SpreadOf(FeatureColumn column)
    {
        if (column.Feature.Kind != "numerical") return 0;
        double[] numbers = [.. Rows.Select(column.ValueOf).Where(value => value is { ValueKind: JsonValueKind.Number }).Select(value => value!.Value.GetDouble())];
        return Moments.Of(numbers) is { Count: > 1 } moments && double.IsFinite(moments.PopulationDeviation) ? moments.PopulationDeviation : 0;
    }
}
