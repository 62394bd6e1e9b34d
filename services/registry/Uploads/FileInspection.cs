using Platform.Contracts.Registry;
using Platform.Onnx.Children;
using Platform.Onnx.Inspection;
using Platform.Onnx.RowFlow.Proofs;
using Platform.Onnx.Pipelines;
using Platform.Onnx.Sessions;
using Platform.Onnx.Structures;
using Platform.Onnx.Tensors;
using Platform.Onnx.Workers;
using Platform.Registry.Sessions;

namespace Platform.Registry.Uploads;

/// <summary>What is to be looked at.</summary>
/// <param name="Path">The file: an ONNX file, or a bundle of one and its data files.</param>
/// <param name="MaxBytes">Its largest size.</param>
/// <param name="IsPipeline">Whether it is a pipeline's document, which the registry has written.</param>
internal sealed record InspectionRequest(string Path, long MaxBytes, bool IsPipeline = false);

/// <summary>
/// The process that finds out what an uploaded file is: parsed first, since it is untrusted, then loaded by the runtime, optimised as it
/// will be when it serves, and its graph followed.
/// </summary>
internal sealed class FileInspection : IChildRole
{
    public void Run(Stream input, Stream output)
    {
        var talk = VettingTalk.Within(input, output);
        var request = talk.Hear<InspectionRequest>();
        if (request.IsPipeline) Load(request.Path, opset: 0, producer: "", talk);
        else Inspect(request, talk);
    }

    private static void Inspect(InspectionRequest request, VettingTalk talk)
    {
        var inspection = ModelInspector.Inspect(request.Path, new InspectionLimits { MaxBytes = Math.Min(request.MaxBytes, int.MaxValue) });
        if (inspection.Problem is { } problem) talk.Refuse(problem);
        else Load(request.Path, inspection.Opset, inspection.Producer, talk);
    }

    private static void Load(string path, long opset, string producer, VettingTalk talk)
    {
        try
        {
            using var session = ModelFile.Load(path);
            _ = (ModelFile.Prove(path), ModelFile.StructureOf(path)); // services that load the version ask for them
            talk.Say(new ModelFacts(Describe(session), opset, producer, FirstLoad.Build));
        }
        catch (ModelLoadException exception)
        {
            talk.Refuse($"The file cannot be loaded: {exception.Message}");
        }
    }

    private static Contracts.Registry.ModelSignature Describe(ModelSession session) => new()
    {
        Inputs = [.. session.Signature.Inputs.Select(Describe)],
        OptionalInputs = session.Signature.OptionalInputs.Count == 0 ? null : [.. session.Signature.OptionalInputs.Select(Describe)],
        Outputs = [.. session.Signature.Outputs.Select(Describe)],
    };

    private static TensorSignature Describe(TensorSpec tensor) =>
        new() { Name = tensor.Name, Datatype = tensor.Datatype.Name(), Shape = tensor.Shape };
}
