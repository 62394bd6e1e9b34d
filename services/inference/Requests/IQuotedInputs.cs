using Platform.Inference.Protocol;

namespace Platform.Inference.Requests;

/// <summary>Says of which inputs the text is still needed once they have been read.</summary>
internal interface IQuotedInputs
{
    bool Quotes(int input, InferRequest request);
}
