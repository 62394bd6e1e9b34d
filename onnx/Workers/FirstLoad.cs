using Microsoft.ML.OnnxRuntime;
using Platform.Onnx.Children;
using Platform.Onnx.Isolation;
using Platform.Onnx.RowFlow.Proofs;
using Platform.Onnx.Pipelines;
using Platform.Onnx.Sessions;
using Platform.Onnx.Structures;

namespace Platform.Onnx.Workers;

/// <summary>
/// The first time that a build meets a file it opens it in a process that may end over it. The registry does so with what is uploaded; a file that
/// another build has let in may do to this one, and to its runtime, what it did not do to that.
/// </summary>
public static class FirstLoad
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Tells this build from every other that opens model files: its own code, and the runtime's.</summary>
    public static string Build { get; } = $"{Short(typeof(FirstLoad))}-{Short(typeof(InferenceSession))}";

    /// <summary>Loads a file, and follows its graph, in a process of its own.</summary>
    /// <param name="path">The file.</param>
    /// <param name="memoryBytes">How much memory the process may take.</param>
    /// <param name="cancellationToken">Ends the process.</param>
    /// <exception cref="ModelLoadException">It cannot be loaded, or the process came to its end over it.</exception>
    internal static async Task TryAsync(string path, long memoryBytes, CancellationToken cancellationToken)
    {
        var limits = new ChildLimits { MemoryBytes = memoryBytes, Time = Patience, ProcessorTime = Patience };
        await using var child = await StartAsync(limits, cancellationToken);
        var refusal = await child.TalkAsync(process => Ask(process, path), cancellationToken);
        if (refusal is { Length: > 0 }) throw new ModelLoadException(refusal);
        if (refusal is null) throw new ModelLoadException($"The process that tried the file out {(await child.Ended).Describe(limits)}.");
    }

    private static async Task<ChildProcess> StartAsync(ChildLimits limits, CancellationToken cancellationToken)
    {
        try
        {
            return await ChildProcess.StartAsync<Role>(limits, cancellationToken);
        }
        catch (ChildStartException exception)
        {
            throw new ModelLoadException(exception.Message, exception);
        }
    }

    /// <summary>Why it cannot be loaded; empty where it can, null where the process does not come to say so.</summary>
    private static string? Ask(ChildProcess process, string path)
    {
        try
        {
            Frame.Write(process.Input, writer => writer.Write(path));
            return Frame.Read(process.Output)?.ReadString();
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            process.Kill(); // where it lives, it does not do what it should
            return null;
        }
    }

    private static string Short(Type type) => $"{type.Module.ModuleVersionId:n}"[..12];

    internal sealed class Role : IChildRole
    {
        public void Run(Stream input, Stream output)
        {
            if (Frame.Read(input)?.ReadString() is not { } path) return;
            var refusal = "";
            try
            {
                _ = (ModelFile.FindHazard(path), ModelFile.Prove(path), ModelFile.StructureOf(path)); // as services do that load it
                using var session = ModelFile.Load(path);
            }
            catch (ModelLoadException exception)
            {
                refusal = exception.Message;
            }

            Frame.Write(output, writer => writer.Write(refusal));
        }
    }
}
