using Platform.EndToEnd.Tests.Running;

namespace Platform.EndToEnd.Tests.Surface;

// The surface in one process.

[Collection(LoopInStandalone.Name)]
public sealed class OpenApiInStandalone(StandalonePlatform platform) : OpenApiTests(platform);

[Collection(LoopInStandalone.Name)]
public sealed class OperationsInStandalone(StandalonePlatform platform) : OperationsTests(platform);

[Collection(LoopInStandalone.Name)]
public sealed class PageInStandalone(StandalonePlatform platform) : PageTests(platform);
