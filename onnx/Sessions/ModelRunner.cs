using Platform.Onnx.Tensors;

namespace Platform.Onnx.Sessions;

/// <summary>
/// Runs a model over caller-owned memory. One run at a time; several runners of one session may run side by side.
/// </summary>
public abstract class ModelRunner : IDisposable
{
    /// <summary>
    /// Tensors for the inputs, in the order of the signature, in memory that this runner reads without a copy. Any other tensors do as
    /// well. The caller disposes of them; with the runner they go in any case.
    /// </summary>
    public abstract TensorBuffer[] CreateInputs();

    /// <summary>The same for the outputs. What a run has left there stands until the next one.</summary>
    public abstract TensorBuffer[] CreateOutputs();

    /// <summary>
    /// Runs once. <paramref name="inputs"/> and <paramref name="outputs"/> are in the order of the signature; inputs are read
    /// where they lie, outputs are reset and filled.
    /// </summary>
    /// <exception cref="ModelRunException">The model could not be run on these inputs, or the run was stopped.</exception>
    /// <exception cref="ModelWorkerException">The process that runs the model died, or has not come back yet.</exception>
    public void Run(ReadOnlySpan<TensorBuffer> inputs, ReadOnlySpan<TensorBuffer> outputs) => Run(inputs, [], outputs);

    /// <summary>The same with values for optional inputs; those that are not among them have their defaults.</summary>
    /// <inheritdoc cref="Run(ReadOnlySpan{TensorBuffer}, ReadOnlySpan{TensorBuffer})"/>
    public abstract void Run(ReadOnlySpan<TensorBuffer> inputs, IReadOnlyList<OptionalInput> optional, ReadOnlySpan<TensorBuffer> outputs);

    /// <summary>
    /// The same for a caller who runs again and again over the same tensors: repeated shapes then cost no managed allocation.
    /// </summary>
    /// <inheritdoc cref="Run(ReadOnlySpan{TensorBuffer}, ReadOnlySpan{TensorBuffer})"/>
    public abstract void RunAgain(ReadOnlySpan<TensorBuffer> inputs, ReadOnlySpan<TensorBuffer> outputs);

    /// <summary>Stops the run in progress between two operators, from any thread, and every later one until <see cref="Resume"/>.</summary>
    public abstract void Stop();

    /// <summary>To be called when the tensors of earlier runs have given memory back: <see cref="RunAgain"/> must not expect it there.</summary>
    public abstract void Forget();

    /// <summary>Lets runs proceed again after <see cref="Stop"/>.</summary>
    public abstract void Resume();

    public abstract void Dispose();
}
