using Platform.Onnx.Isolation;
using Platform.Onnx.RowFlow.Proofs;
using Platform.Onnx.Sessions;
using Platform.Onnx.Structures;

namespace Platform.Onnx.Pipelines;

/// <summary>The file of a version, whether it is a model or a pipeline of several.</summary>
public static class ModelFile
{
    /// <summary>Whether the file is a pipeline's document. No model begins like JSON: 123 is no field of ONNX.</summary>
    public static bool IsPipeline(string path)
    {
        using var file = File.OpenRead(path);
        return file.ReadByte() == '{';
    }

    /// <summary>Loads it into this process.</summary>
    /// <exception cref="ModelLoadException">It cannot be loaded, or its inputs or outputs cannot be served.</exception>
    public static ModelSession Load(string path, SessionSettings? settings = null) => IsReadablePipeline(path)
        ? PipelineSession.Open(path, settings ?? new SessionSettings())
        : SharedSessions.Open(path, settings ?? new SessionSettings());

    /// <summary>What can be proved of its rows.</summary>
    /// <exception cref="ModelLoadException">A part of the pipeline is missing.</exception>
    public static RowProof Prove(string path) => IsReadablePipeline(path) ? PipelineProof.Of(PipelineParts.Of(path)) : RowProof.Of(path);

    /// <summary>What a request may do to the process that runs it; null where that is nothing.</summary>
    /// <exception cref="ModelLoadException">A part of the pipeline is missing.</exception>
    public static NativeHazard? FindHazard(string path) => IsReadablePipeline(path) ? PipelineProof.HazardOf(PipelineParts.Of(path)) : NativeHazard.Find(path);

    /// <summary>What its graph says of how its outputs come from its input; nothing where it is a pipeline.</summary>
    public static ModelStructure StructureOf(string path) => IsReadablePipeline(path) ? ModelStructure.Unknown : ModelStructure.Of(path);

    /// <summary>A file that cannot be read at all is for the runtime to refuse.</summary>
    private static bool IsReadablePipeline(string path) => File.Exists(path) && IsPipeline(path);
}
