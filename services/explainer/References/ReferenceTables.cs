using Platform.Contracts.Registry;
using Platform.Explainer.Attribution;
using Platform.Explainer.Games;
using Platform.Explainer.Models;
using Platform.Explainer.Rows;
using Platform.Hosting.Errors;
using Platform.Onnx.Tensors;

namespace Platform.Explainer.References;

/// <summary>Opens the reference table of a loaded version.</summary>
internal static class ReferenceTables
{
    /// <summary>Chooses rows and numbers and hands the table to <paramref name="measure"/>; the model is called only within.</summary>
    public static Result<T> Measure<T>(
        LoadedModel model, ModelVersionDescription version, ReferenceRows reference, TableQuestion question, WorkCount work,
        Func<ReferenceTable, Result<T>> measure, CancellationToken cancellationToken)
    {
        var vocabulary = new CellVocabulary();
        var rows = Lay(model, version, reference, question, vocabulary);
        if (!rows.Succeeded(out var laid, out var error)) return error;
        var found = OutputSelection.FindOutput(model.Session.Signature, version.Metadata, question.Output);
        if (!found.Succeeded(out var output, out error)) return error;

        var spec = model.Session.Signature.Outputs[output];
        using var call = new ModelCall(model.Session, laid, output, model.Sharing.MayShare);
        var cells = laid.Layout.Features;
        var width = call.Run(laid.Row(0), 1, vocabulary, cancellationToken);
        var selection = OutputSelection.Of(spec.Name, width, version.Metadata, question.Classes);
        if (!selection.Succeeded(out var selected, out error)) return error;
        IBatchModel Answering(int[] columns) => new CountedModel(new OnnxBatchModel(call, cells, vocabulary, width, columns), work);
        var (chosen, labels) = Choose(laid, reference, question, vocabulary);
        if (chosen.Count == 0) return ReferenceErrors.None();
        return measure(new ReferenceTable
        {
            Version = version,
            Model = Answering(selected.Columns),
            Whole = Answering([.. Enumerable.Range(0, width)]),
            Columns = selected.Columns,
            OutputNames = selected.Names,
            Output = new TensorSignature { Name = spec.Name, Datatype = spec.Datatype.Name(), Shape = spec.Shape },
            Structure = OutputStructure.Of(model.Structure, spec.Name, selected.Columns),
            Rows = chosen,
            Labels = labels,
            Features = FeatureNames.For(laid.Layout, version.Metadata),
            Layout = laid.Layout,
            Vocabulary = vocabulary,
            Row = question.Row is null ? null : laid.Row(0),
            Work = work,
        });
    }

    /// <summary>The caller's row, or else a first reference row, with the layout that goes for all of them.</summary>
    private static Result<Instances> Lay(
        LoadedModel model, ModelVersionDescription version, ReferenceRows reference, TableQuestion question, CellVocabulary vocabulary)
    {
        if (reference.Rows.Count == 0) return ReferenceErrors.None();
        var layout = ReferenceLayout.Of(model.Session.Signature, reference.Rows[0].Length);
        if (!layout.Succeeded(out var laid, out var error)) return error;
        if (laid.IsSingleString && version.Metadata.Features is not [{ Kind: "categorical" }]) return ReferenceErrors.Text();
        if (question.Row is { } given)
        {
            var read = InstanceReader.Read(model.Session.Signature, given, vocabulary);
            return read.Succeeded(out var row, out error) && row.Count > 1 ? ReferenceErrors.OneRow(row.Count) : read;
        }

        var first = reference.Rows[0].ToArray();
        BackgroundReader.Translate(first, laid, reference.Vocabulary, vocabulary);
        return new Instances(laid, 1, first, vocabulary);
    }

    private static (IReadOnlyList<double[]> Rows, IReadOnlyList<string?> Labels) Choose(
        Instances laid, ReferenceRows reference, TableQuestion question, CellVocabulary vocabulary)
    {
        var usable = Enumerable.Range(0, reference.Rows.Count).Where(row => reference.Rows[row].Length == laid.Layout.Features).ToList();
        var labelled = question.WantsLabels ? usable.Where(row => reference.Labels[row] is not null).ToList() : [];
        var pool = labelled.Count > 1 ? labelled : usable;
        if (pool.Count > question.Rows)
            pool = [.. new SeededRandom(question.Seed).Permutation(pool.Count).Take(question.Rows).Order().Select(place => pool[place])];
        var rows = pool.Select(row => reference.Rows[row].ToArray()).ToList();
        rows.ForEach(row => BackgroundReader.Translate(row, laid.Layout, reference.Vocabulary, vocabulary));
        return (rows, [.. pool.Select(row => reference.Labels[row])]);
    }
}
