/// The text that tells a stranger how to check a pack, with our tool and without it.
enum PackReadme {
    static func text(_ language: Language, _ description: PackDescription, _ proves: [Words], _ not: [Words]) -> String
    {
        let words = language == .ko ? korean(description) : english(description)
        let heads = language == .ko ? ("이 묶음이 증명하는 것", "증명하지 않는 것") : ("What it proves", "What it does not prove")
        return words.top + "\n\(heads.0)\n" + proves.map { "- \($0[language])\n" }.joined() + "\n\(heads.1)\n"
            + not.map { "- \($0[language])\n" }.joined() + "\n" + words.check
    }

    private static func korean(_ description: PackDescription) -> (top: String, check: String) {
        (
            """
            증거 묶음: \(description.firmName)
            기간: \(description.period.lowerBound) 부터 \(description.period.upperBound) 전까지
            만든 때: \(description.made)   받는 곳: \(description.purpose)

            index.html을 열면 읽기 쉽게 정리된 내용을 볼 수 있습니다. 증거는 index.html이 아니라 아래 파일들입니다.

            """,
            """
            확인하는 방법
            1. 이 기관의 검증 열쇠를 다른 경로로 받아 verifier-key 파일과 같은지 확인하십시오. 묶음 안의 열쇠만으로는 누가 만들었는지
               알 수 없습니다.
            2. slipway verify --pack 이파일.zip --key '받은 열쇠'
            다른 도구로도 확인할 수 있습니다.
            - manifest.note: C2SP signed-note(Ed25519). 둘째 줄이 manifest.json의 SHA-256입니다.
            - manifest.json: 다른 모든 파일의 SHA-256.
            - events.jsonl: 한 줄에 기록 하나. 잎의 내용 = SHA-256(salt || body), 잎의 해시 = SHA-256(0x00 || 잎의 내용).
            - proofs.jsonl: 각 잎의 RFC 6962 §2.1.1 감사 경로. checkpoint의 뿌리 해시에 이르러야 합니다.
            - checkpoint: C2SP tlog-checkpoint. checkpoint.witnessed: 증인의 cosignature/v1이 더해진 것.
            - timestamp.tsr: openssl ts -verify -data checkpoint -in timestamp.tsr -CAfile 기관인증서.pem
            - streams.jsonl: 흐름마다 담은 번호의 처음과 끝, 제외한 번호.

            """
        )
    }

    private static func english(_ description: PackDescription) -> (top: String, check: String) {
        (
            """
            Evidence pack: \(description.firmName)
            Period: from \(description.period.lowerBound) until \(description.period.upperBound)
            Made: \(description.made)   For: \(description.purpose)

            Open index.html for a readable summary. The evidence is not that page but the files below.

            """,
            """
            How to check it
            1. Get the district's verifier key by another way and compare it with the file verifier-key. The key in the pack
               alone does not tell who made it.
            2. slipway verify --pack THIS.zip --key 'THE KEY YOU GOT'
            Other tools can check it as well:
            - manifest.note: a C2SP signed note (Ed25519); its second line is the SHA-256 of manifest.json.
            - manifest.json: the SHA-256 of every other file.
            - events.jsonl: an event a line. Leaf entry = SHA-256(salt || body), leaf hash = SHA-256(0x00 || leaf entry).
            - proofs.jsonl: the RFC 6962 §2.1.1 audit path of each leaf; it must lead to the checkpoint's root hash.
            - checkpoint: C2SP tlog-checkpoint. checkpoint.witnessed: the same with the witnesses' cosignature/v1 lines.
            - timestamp.tsr: openssl ts -verify -data checkpoint -in timestamp.tsr -CAfile AUTHORITY.pem
            - streams.jsonl: for each stream the first and last version that is here, and those withheld.

            """
        )
    }
}
