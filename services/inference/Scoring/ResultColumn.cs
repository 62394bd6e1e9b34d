using Platform.Hosting.PredictionLog.Tables;
using Platform.Inference.RowFiles;
using Platform.Inference.Rows;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Scoring;

/// <summary>A column of a result.</summary>
/// <param name="Name">Its name, which no other column has.</param>
/// <param name="Datatype">The datatype of its cells, in the protocol's words.</param>
internal sealed record ResultColumn(string Name, string Datatype)
{
    private const string Text = "BYTES";
    private const string Double = "FP64";

    /// <summary>
    /// The columns of a version's result: those of the file as they came, then the prediction's id and what is wrong with the row, then what was
    /// decided and each output: a column for each class by its name, as exports of predictions have it.
    /// </summary>
    public static IReadOnlyList<ResultColumn> Of(IReadOnlyList<FileColumn> file, ScoredVersion version)
    {
        var names = new ColumnNames();
        var columns = file.Select(column => new ResultColumn(names.Take(column.Name, "input"), column.Datatype ?? InputType(column.Name, version.Rows))).ToList();
        Add("prediction_id", Text);
        Add("error", Text);
        Add("class", Text);
        Add("score", Double);
        Add("value", Double);
        foreach (var output in version.Outputs) foreach (var cell in output.Names) Add(cell, output.Datatype);
        return columns;

        void Add(string name, string datatype) => columns.Add(new(names.Take(name, "output"), datatype));
    }

    /// <summary>Numbers that the model takes as numbers are numbers; all else stays what it is in the file, a text.</summary>
    private static string InputType(string name, RowSchema rows)
    {
        var feature = Array.Find(rows.Columns, column => column.Name == name);
        if (feature is null || feature.Categories is not null || feature.Datatype == Onnx.Tensors.Datatype.Bytes) return Text;
        return feature.Datatype switch
        {
            Onnx.Tensors.Datatype.Bool or Onnx.Tensors.Datatype.UInt64 => feature.Datatype.Name(),
            _ => feature.Datatype.IsFloatingPoint() ? Double : "INT64",
        };
    }
}
