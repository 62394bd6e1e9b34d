using System.Runtime.CompilerServices;

namespace Platform.Inference.Protocol;

/// <summary>Room for a shape of as many dimensions as a request may give a tensor.</summary>
[InlineArray(MaxRank)]
internal struct InlineShape
{
    public const int MaxRank = 16;

    private long _first;
}
