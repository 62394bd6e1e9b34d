using Platform.Onnx.Graphs;
using Platform.Onnx.Isolation;
using Platform.Onnx.RowFlow;
using Platform.Onnx.RowFlow.Proofs;

namespace Platform.Onnx.Pipelines;

/// <summary>
/// What the graphs of a pipeline's parts prove of the whole. Between them rows only go different ways and are put together again, so that what
/// holds for every part holds for all.
/// </summary>
internal static class PipelineProof
{
    public static RowProof Of(PipelineParts parts)
    {
        var proofs = parts.Steps.Select(part => (part.Step, Proof: Of(part.Step, part.File))).ToList();
        return new RowProof(
            proofs.Select(part => In(part.Step, part.Proof.Mixing)).FirstOrDefault(mixing => mixing is not null),
            proofs.Select(part => In(part.Step, part.Proof.Randomness)).FirstOrDefault(randomness => randomness is not null))
        {
            Hazard = Worst(proofs.Select(part => In(part.Step, part.Proof.Hazard))),
        };
    }

    /// <summary>
    /// What the graph of one part proves. An input that has a default is proved of that default alone, so that nothing is proved of a step that gives it another.
    /// </summary>
    public static RowProof Of(PipelineStep step, string file)
    {
        var proof = RowProof.Of(file);
        if (proof.Mixing is not null) return proof;
        var graph = OnnxFileReader.Read(file).Graph;
        return graph.Inputs.FirstOrDefault(input => step.Inputs.ContainsKey(input.Name) && graph.Constants.ContainsKey(input.Name)) is { } given
            ? proof with { Mixing = new RowMixing("The input", given.Name, "has a default, of which alone something is proved") }
            : proof;
    }

    public static NativeHazard? HazardOf(PipelineParts parts) => Worst(parts.Steps.Select(part => In(part.Step, NativeHazard.Find(part.File))));

    private static NativeHazard? Worst(IEnumerable<NativeHazard?> hazards) => hazards.OfType<NativeHazard>().OrderByDescending(hazard => hazard.EndsProcess).FirstOrDefault();

    private static RowMixing? In(PipelineStep step, RowMixing? mixing) => mixing is null ? null : mixing with { Operator = $"{step.Label}: {mixing.Operator}" };

    private static NativeHazard? In(PipelineStep step, NativeHazard? hazard) => hazard is null ? null : hazard with { Operator = $"{step.Label}: {hazard.Operator}" };
}
