import type { LegalBasis, Purpose } from '../../src/kernel/profile.ts'

/**
 * `code|vi|en|fr`. Codes beginning with `register`, `subject`, `service`, `inspection` and `operation`
 * are those the core rests on, in every profile; the others are the laws of agencies.
 */
const LAWS = `
register.civil-registration|Luật Hộ tịch 60/2014/QH13, điều 5|Law on Civil Status 60/2014/QH13, art. 5|Loi sur l’état civil 60/2014/QH13, art. 5
register.residence|Luật Cư trú 68/2020/QH14, điều 20|Law on Residence 68/2020/QH14, art. 20|Loi sur la résidence 68/2020/QH14, art. 20
register.identity|Luật Căn cước 26/2023/QH15, điều 12|Law on Identification 26/2023/QH15, art. 12|Loi sur l’identification 26/2023/QH15, art. 12
register.keeping|Luật Căn cước 26/2023/QH15, điều 9 và 10|Law on Identification 26/2023/QH15, art. 9 and 10|Loi sur l’identification 26/2023/QH15, art. 9 et 10
register.sharing|Luật Căn cước 26/2023/QH15, điều 10; Nghị định 278/2025/NĐ-CP|Law on Identification 26/2023/QH15, art. 10; Decree 278/2025/NĐ-CP|Loi sur l’identification 26/2023/QH15, art. 10, et décret 278/2025/NĐ-CP
subject.access|Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15, điều 4|Law on Personal Data Protection 91/2025/QH15, art. 4|Loi sur la protection des données personnelles 91/2025/QH15, art. 4
subject.representation|Bộ luật Dân sự 91/2015/QH13, điều 136|Civil Code 91/2015/QH13, art. 136|Code civil 91/2015/QH13, art. 136
subject.consent|Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15, điều 9|Law on Personal Data Protection 91/2025/QH15, art. 9|Loi sur la protection des données personnelles 91/2025/QH15, art. 9
subject.complaint|Luật Khiếu nại 02/2011/QH13, điều 7|Law on Complaints 02/2011/QH13, art. 7|Loi sur les réclamations 02/2011/QH13, art. 7
service.case|Nghị định 118/2025/NĐ-CP|Decree 118/2025/NĐ-CP|Décret 118/2025/NĐ-CP
inspection.data|Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15|Law on Personal Data Protection 91/2025/QH15|Loi sur la protection des données personnelles 91/2025/QH15
inspection.crime|Bộ luật Tố tụng hình sự 101/2015/QH13, điều 88|Criminal Procedure Code 101/2015/QH13, art. 88|Code de procédure pénale 101/2015/QH13, art. 88
operation.security|Luật An ninh mạng|Law on Cybersecurity|Loi sur la cybersécurité
operation.account|Nghị định 69/2024/NĐ-CP|Decree 69/2024/NĐ-CP|Décret 69/2024/NĐ-CP
statistics|Luật Thống kê 89/2015/QH13|Law on Statistics 89/2015/QH13|Loi sur la statistique 89/2015/QH13
bank.customer|Luật Phòng, chống rửa tiền 14/2022/QH15, điều 9|Law on Anti-Money Laundering 14/2022/QH15, art. 9|Loi contre le blanchiment 14/2022/QH15, art. 9
insurance.social|Luật Bảo hiểm xã hội 41/2024/QH15|Law on Social Insurance 41/2024/QH15|Loi sur l’assurance sociale 41/2024/QH15
insurance.health|Luật Bảo hiểm y tế 25/2008/QH12|Law on Health Insurance 25/2008/QH12|Loi sur l’assurance maladie 25/2008/QH12
health.care|Luật Khám bệnh, chữa bệnh 15/2023/QH15|Law on Medical Examination and Treatment 15/2023/QH15|Loi sur les soins médicaux 15/2023/QH15
health.vaccination|Luật Phòng bệnh 2025|Law on Disease Prevention 2025|Loi sur la prévention des maladies de 2025
education|Luật Giáo dục 43/2019/QH14|Law on Education 43/2019/QH14|Loi sur l’éducation 43/2019/QH14
tax|Luật Quản lý thuế; Thông tư 86/2024/TT-BTC|Law on Tax Administration; Circular 86/2024/TT-BTC|Loi sur l’administration fiscale et circulaire 86/2024/TT-BTC
customs|Luật Hải quan 54/2014/QH13|Law on Customs 54/2014/QH13|Loi douanière 54/2014/QH13
telecom|Luật Viễn thông 24/2023/QH15|Law on Telecommunications 24/2023/QH15|Loi sur les télécommunications 24/2023/QH15
land|Luật Đất đai 31/2024/QH15|Land Law 31/2024/QH15|Loi foncière 31/2024/QH15
business|Luật Doanh nghiệp 59/2020/QH14|Law on Enterprises 59/2020/QH14|Loi sur les entreprises 59/2020/QH14
social-assistance|Nghị định 20/2021/NĐ-CP|Decree 20/2021/NĐ-CP|Décret 20/2021/NĐ-CP`

/** `code|codes of laws|vi|en|fr`; the words end "your record was opened …". */
const PURPOSES = `
civil-registration|register.civil-registration|để đăng ký hộ tịch|to register an event of civil status|pour enregistrer un fait d’état civil
residence|register.residence|để đăng ký cư trú|to register a residence|pour enregistrer une résidence
identity-number|register.identity|để cấp hoặc sửa số định danh|to give or change an identification number|pour attribuer ou changer un numéro d’identification
register-keeping|register.keeping|để cập nhật, chỉnh sửa cơ sở dữ liệu dân cư|to keep the population register right|pour tenir à jour le registre de la population
own-record|subject.access|vì chính bạn yêu cầu xem|because you asked to see it yourself|parce que vous avez demandé à le voir
family-record|subject.representation|vì cha, mẹ hoặc người giám hộ yêu cầu xem|because a parent or guardian asked to see it|parce qu’un parent ou un tuteur a demandé à le voir
public-service|service.case|để giải quyết hồ sơ của bạn|to handle an application of yours|pour traiter une de vos demandes
complaint|subject.complaint|để trả lời thắc mắc của bạn|to answer a question of yours|pour répondre à une de vos questions
sign-in|operation.account|để bạn đăng nhập|to sign you in|pour vous connecter
inspection|inspection.data|để kiểm tra việc đọc dữ liệu có đúng luật không|to check that records are read lawfully|pour vérifier que les dossiers sont lus légalement
investigation|inspection.crime|để điều tra theo luật tố tụng hình sự|for a criminal investigation|pour une enquête pénale
operation|operation.security|để vận hành và bảo vệ hệ thống|to run and protect the system|pour faire fonctionner et protéger le système
statistics|statistics|để lập số liệu thống kê|to make statistics|pour établir des statistiques
data-cleaning|register.sharing|để một cơ quan đối soát danh sách của mình|so that an agency could check its own list|pour qu’un organisme vérifie sa propre liste
account-opening|bank.customer,subject.consent|để mở tài khoản ngân hàng|to open a bank account|pour ouvrir un compte bancaire
social-insurance|insurance.social|để giải quyết bảo hiểm xã hội|for social insurance|pour l’assurance sociale
health-insurance|insurance.health|để cấp, kiểm tra thẻ bảo hiểm y tế|to issue or check a health insurance card|pour délivrer ou vérifier une carte d’assurance maladie
health-care|health.care|để khám bệnh, chữa bệnh|for medical care|pour des soins médicaux
vaccination|health.vaccination|để ghi nhận tiêm chủng|to record a vaccination|pour enregistrer une vaccination
school-enrolment|education|để nhập học|to enrol at a school|pour une inscription scolaire
tax|tax|để quản lý thuế|to administer taxes|pour l’administration fiscale
customs|customs|để làm thủ tục hải quan|for a customs procedure|pour une procédure douanière
telephone-subscription|telecom|để đăng ký thuê bao điện thoại|to register a telephone subscriber|pour enregistrer un abonné du téléphone
land-registration|land|để đăng ký đất đai|to register land|pour l’enregistrement foncier
business-registration|business|để đăng ký doanh nghiệp|to register a business|pour enregistrer une entreprise
social-assistance|social-assistance|để trợ giúp xã hội|for social assistance|pour l’aide sociale`

const rows = (text: string): readonly (readonly string[])[] =>
  text
    .trim()
    .split('\n')
    .map((line) => line.split('|'))

export const legalBases: readonly LegalBasis[] = rows(LAWS).map(
  ([code = '', vi = '', en = '', fr = '']) => ({ code, words: { vi, en, fr } }),
)

export const purposes: readonly Purpose[] = rows(PURPOSES).map(
  ([code = '', laws = '', vi = '', en = '', fr = '']) => ({
    code,
    legalBases: laws.split(','),
    words: { vi, en, fr },
  }),
)
