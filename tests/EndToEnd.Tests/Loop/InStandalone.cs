using Platform.EndToEnd.Tests.Running;

namespace Platform.EndToEnd.Tests.Loop;

// The loop in one process.

[Collection(LoopInStandalone.Name)]
public sealed class ByNameInStandalone(StandalonePlatform platform) : ByNameTests(platform);

[Collection(LoopInStandalone.Name)]
public sealed class ExplanationInStandalone(StandalonePlatform platform) : ExplanationTests(platform);

[Collection(LoopInStandalone.Name)]
public sealed class ExternalDataInStandalone(StandalonePlatform platform) : ExternalDataTests(platform);

[Collection(LoopInStandalone.Name)]
public sealed class MonitoringInStandalone(StandalonePlatform platform) : MonitoringTests(platform);

[Collection(LoopInStandalone.Name)]
public sealed class PipelineInStandalone(StandalonePlatform platform) : PipelineTests(platform);

[Collection(LoopInStandalone.Name)]
public sealed class PredictionInStandalone(StandalonePlatform platform) : PredictionTests(platform);

[Collection(LoopInStandalone.Name)]
public sealed class PromotionInStandalone(StandalonePlatform platform) : PromotionTests(platform);

[Collection(LoopInStandalone.Name)]
public sealed class RegistrationInStandalone(StandalonePlatform platform) : RegistrationTests(platform);

[Collection(LoopInStandalone.Name)]
public sealed class SinglePredictionInStandalone(StandalonePlatform platform) : SinglePredictionTests(platform);

[Collection(LoopInStandalone.Name)]
public sealed class ScoringInStandalone(StandalonePlatform platform) : ScoringTests(platform);
