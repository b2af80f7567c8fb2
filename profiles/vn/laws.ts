import type { Coded, LegalBasis } from '../../src/kernel/profile.ts'

/** Paragraphs of four lines: a code, then its words in Vietnamese, English and French. */
export const paragraphs = (text: string): readonly Coded[] =>
  text
    .trim()
    .split('\n\n')
    .map((paragraph) => {
      const [code = '', vi = '', en = '', fr = ''] = paragraph.split('\n')
      return { code, words: { vi, en, fr } }
    })

/**
 * Articles as they are cited to the citizen. Codes beginning with `register`, `subject`, `service`,
 * `inspection` and `operation` are those the core rests on, in every profile; the others are the
 * laws of agencies.
 */
export const legalBases: readonly LegalBasis[] = paragraphs(`
register.civil-registration
Luật Hộ tịch 60/2014/QH13, điều 5
Law on Civil Status 60/2014/QH13, art. 5
Loi sur l’état civil 60/2014/QH13, art. 5

register.residence
Luật Cư trú 68/2020/QH14, điều 20
Law on Residence 68/2020/QH14, art. 20
Loi sur la résidence 68/2020/QH14, art. 20

register.identity
Luật Căn cước 26/2023/QH15, điều 12
Law on Identification 26/2023/QH15, art. 12
Loi sur l’identification 26/2023/QH15, art. 12

register.keeping
Luật Căn cước 26/2023/QH15, điều 9 và 10
Law on Identification 26/2023/QH15, art. 9 and 10
Loi sur l’identification 26/2023/QH15, art. 9 et 10

register.sharing
Luật Căn cước 26/2023/QH15, điều 10; Nghị định 278/2025/NĐ-CP
Law on Identification 26/2023/QH15, art. 10; Decree 278/2025/NĐ-CP
Loi sur l’identification 26/2023/QH15, art. 10, et décret 278/2025/NĐ-CP

subject.access
Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15, điều 4
Law on Personal Data Protection 91/2025/QH15, art. 4
Loi sur la protection des données personnelles 91/2025/QH15, art. 4

subject.representation
Bộ luật Dân sự 91/2015/QH13, điều 136
Civil Code 91/2015/QH13, art. 136
Code civil 91/2015/QH13, art. 136

subject.consent
Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15, điều 9
Law on Personal Data Protection 91/2025/QH15, art. 9
Loi sur la protection des données personnelles 91/2025/QH15, art. 9

subject.complaint
Luật Khiếu nại 02/2011/QH13, điều 7
Law on Complaints 02/2011/QH13, art. 7
Loi sur les réclamations 02/2011/QH13, art. 7

service.case
Nghị định 118/2025/NĐ-CP
Decree 118/2025/NĐ-CP
Décret 118/2025/NĐ-CP

inspection.data
Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15
Law on Personal Data Protection 91/2025/QH15
Loi sur la protection des données personnelles 91/2025/QH15

inspection.crime
Bộ luật Tố tụng hình sự 101/2015/QH13, điều 88
Criminal Procedure Code 101/2015/QH13, art. 88
Code de procédure pénale 101/2015/QH13, art. 88

operation.security
Luật An ninh mạng
Law on Cybersecurity
Loi sur la cybersécurité

operation.account
Nghị định 69/2024/NĐ-CP
Decree 69/2024/NĐ-CP
Décret 69/2024/NĐ-CP

statistics
Luật Thống kê 89/2015/QH13
Law on Statistics 89/2015/QH13
Loi sur la statistique 89/2015/QH13

bank.customer
Luật Phòng, chống rửa tiền 14/2022/QH15, điều 9
Law on Anti-Money Laundering 14/2022/QH15, art. 9
Loi contre le blanchiment 14/2022/QH15, art. 9

insurance.social
Luật Bảo hiểm xã hội 41/2024/QH15
Law on Social Insurance 41/2024/QH15
Loi sur l’assurance sociale 41/2024/QH15

insurance.health
Luật Bảo hiểm y tế 25/2008/QH12
Law on Health Insurance 25/2008/QH12
Loi sur l’assurance maladie 25/2008/QH12

health.care
Luật Khám bệnh, chữa bệnh 15/2023/QH15
Law on Medical Examination and Treatment 15/2023/QH15
Loi sur les soins médicaux 15/2023/QH15

health.vaccination
Luật Phòng bệnh 2025
Law on Disease Prevention 2025
Loi sur la prévention des maladies de 2025

education
Luật Giáo dục 43/2019/QH14
Law on Education 43/2019/QH14
Loi sur l’éducation 43/2019/QH14

tax
Luật Quản lý thuế; Thông tư 86/2024/TT-BTC
Law on Tax Administration; Circular 86/2024/TT-BTC
Loi sur l’administration fiscale et circulaire 86/2024/TT-BTC

customs
Luật Hải quan 54/2014/QH13
Law on Customs 54/2014/QH13
Loi douanière 54/2014/QH13

telecom
Luật Viễn thông 24/2023/QH15
Law on Telecommunications 24/2023/QH15
Loi sur les télécommunications 24/2023/QH15

land
Luật Đất đai 31/2024/QH15
Land Law 31/2024/QH15
Loi foncière 31/2024/QH15

business
Luật Doanh nghiệp 59/2020/QH14
Law on Enterprises 59/2020/QH14
Loi sur les entreprises 59/2020/QH14

social-assistance
Nghị định 20/2021/NĐ-CP
Decree 20/2021/NĐ-CP
Décret 20/2021/NĐ-CP`)
