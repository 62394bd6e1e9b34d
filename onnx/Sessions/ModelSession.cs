using Platform.Onnx.Tensors;

namespace Platform.Onnx.Sessions;

/// <summary>
/// A model that is loaded and can be run, by any number of <see cref="ModelRunner"/>s at once. The caller has made sure that
/// the file is the one it means (by digest) and that it is acceptable (<see cref="Inspection.ModelInspector"/>).
/// </summary>
public abstract class ModelSession : IDisposable
{
    public abstract ModelSignature Signature { get; }

    /// <summary>Where it runs: <c>cpu</c>, <c>cuda</c> or <c>tensorrt</c>.</summary>
    public abstract string Provider { get; }

    /// <summary>The better providers that were asked for but not to be had, each with its reason.</summary>
    public abstract IReadOnlyList<string> PassedOver { get; }

    /// <summary>Whether a run takes place in another process, while the thread that asked for it waits.</summary>
    public virtual bool IsElsewhere => false;

    /// <summary>Loads a file into this process.</summary>
    /// <exception cref="ModelLoadException">ONNX Runtime refuses the file, or its inputs or outputs cannot be served.</exception>
    public static ModelSession Load(string path, SessionSettings? settings = null) => LocalSession.Open(path, settings ?? new SessionSettings());

    /// <summary>A means of running this model that keeps its working memory between runs.</summary>
    public abstract ModelRunner CreateRunner();

    /// <summary>
    /// Runs the model once on ordinary tensors and returns every output by name. Inputs may hold any number of rows.
    /// </summary>
    /// <exception cref="ArgumentException">An input is missing, unknown or of another type.</exception>
    /// <exception cref="ModelRunException">The model could not be run on these inputs.</exception>
    /// <exception cref="ModelWorkerException">The process that runs the model died, or has not come back yet.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled; it stops between two operators.</exception>
    public IReadOnlyDictionary<string, Tensor> Evaluate(
        IReadOnlyDictionary<string, Tensor> inputs, CancellationToken cancellationToken = default)
    {
        using var evaluation = new Evaluation(this);
        return evaluation.Run(inputs, cancellationToken);
    }

    public abstract void Dispose();
}
