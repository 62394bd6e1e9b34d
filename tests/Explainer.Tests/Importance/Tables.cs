using Platform.Contracts.Registry;
using Platform.Explainer.References;
using Platform.Explainer.Rows;
using Platform.Explainer.Tests.Games;
using Platform.Onnx.Tensors;

namespace Platform.Explainer.Tests.Importance;

/// <summary>Reference tables of plain functions.</summary>
internal static class Tables
{
    public static ReferenceTable Of(FunctionModel model, double[][] rows, string?[]? labels = null, VersionMetadata? metadata = null)
    {
        int[] columns = [.. Enumerable.Range(0, model.Outputs)];
        var layout = new RowLayout([new InputBlock("x", Datatype.FP64, [model.Features], 0, model.Features)], Batched: true);
        return new ReferenceTable
        {
            Version = new ModelVersionDescription { Model = "m", Version = "1", Metadata = metadata ?? new VersionMetadata() },
            Model = model,
            Whole = model,
            Columns = columns,
            OutputNames = [.. columns.Select(column => metadata?.Classes?[column] ?? $"y{column}")],
            Output = new TensorSignature { Name = "y", Datatype = "FP64", Shape = [-1, model.Outputs] },
            Rows = rows,
            Labels = labels ?? new string?[rows.Length],
            Features = [.. Enumerable.Range(0, model.Features).Select(feature => $"f{feature}")],
            Layout = layout,
            Vocabulary = new CellVocabulary(),
            Work = new WorkCount(),
        };
    }

    /// <summary>The same of a function of one output.</summary>
    public static ReferenceTable Of(int features, Func<double[], double> function, double[][] rows, string?[]? labels = null, VersionMetadata? metadata = null) =>
        Of(new FunctionModel(features, function), rows, labels, metadata);
}
